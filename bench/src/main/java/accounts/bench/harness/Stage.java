package accounts.bench.harness;

import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Workload;
import accounts.local.faults.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Where faults play: the cluster, the random choices, and how long one lasts. For one thread.
 *
 * @param extras readers on top of the load
 * @param length how long a fault lasts
 */
record Stage(
    Cluster cluster, Ledger ledger, Workload.Extras extras, Random random, Duration length) {

  private static final Duration PATIENCE = Duration.ofSeconds(6);

  /** Returns this stage with faults that last longer. */
  Stage longerBy(Duration more) {
    return new Stage(cluster, ledger, extras, random, length.plus(more));
  }

  /** Returns any instance. */
  Node anyNode() {
    return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
  }

  void hold() throws InterruptedException {
    Thread.sleep(length);
  }

  /** Holds until something was struck, but not for ever. */
  void hold(LongSupplier struck) throws InterruptedException {
    hold();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (struck.getAsLong() == 0 && System.nanoTime() - end < 0) {
      Thread.sleep(20);
    }
  }

  /** Has the cache's rules hold for a while; returns how many calls they struck. */
  long cacheRules(Rule... rules) throws InterruptedException {
    List<Long> ids = new ArrayList<>();
    for (Rule rule : rules) {
      ids.add(cluster.cache().faults().add(rule));
    }
    try {
      LongSupplier struck = () -> ids.stream().mapToLong(cluster.cache().faults()::injected).sum();
      hold(struck);
      return struck.getAsLong();
    } finally {
      ids.forEach(cluster.cache().faults()::remove);
    }
  }

  /** What goes on while a rule holds; returns how often it came to what it is there for. */
  interface Scene {
    long play(LongSupplier struck) throws InterruptedException;
  }

  /** Has a rule hold for all instances' requests to DynamoDB; returns how many it struck. */
  long storeRule(StoreRule rule) throws InterruptedException {
    return storeRule(
        rule,
        struck -> {
          hold(struck);
          return struck.getAsLong();
        });
  }

  /** Has a rule hold for all instances' requests to DynamoDB during a scene. */
  long storeRule(StoreRule rule, Scene scene) throws InterruptedException {
    List<StoreFaults.Active> active = new ArrayList<>();
    cluster.nodes().forEach(node -> active.add(node.store().faults().add(rule)));
    try {
      return scene.play(() -> active.stream().mapToLong(StoreFaults.Active::struck).sum());
    } finally {
      cluster.nodes().forEach(node -> active.forEach(one -> node.store().faults().remove(one)));
    }
  }
}
