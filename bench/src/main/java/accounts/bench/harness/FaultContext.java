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
 * The context in which an episode injects its faults. For one thread.
 *
 * @param extras further load, on demand
 * @param length how long a fault lasts
 */
record FaultContext(
    Cluster cluster, Ledger ledger, Workload.Extras extras, Random random, Duration length) {

  private static final Duration TIMEOUT = Duration.ofSeconds(6);

  /** Returns this context with a length increased by {@code more}. */
  FaultContext longerBy(Duration more) {
    return new FaultContext(cluster, ledger, extras, random, length.plus(more));
  }

  /** Returns a random instance. */
  Node anyNode() {
    return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
  }

  void hold() throws InterruptedException {
    Thread.sleep(length);
  }

  /**
   * Waits for the length of a fault, and longer until a fault has hit something, but not for ever.
   */
  void hold(LongSupplier struck) throws InterruptedException {
    hold();
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (struck.getAsLong() == 0 && System.nanoTime() - end < 0) {
      Thread.sleep(20);
    }
  }

  /** Applies rules to the cache's calls for a while; returns how many calls they hit. */
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

  /** The actions while a rule is applied; returns how often the intended failure occurred. */
  interface Actions {
    long play(LongSupplier struck) throws InterruptedException;
  }

  /**
   * Applies a rule to all instances' requests to DynamoDB for a while; returns how many requests it
   * hit.
   */
  long storeRule(StoreRule rule) throws InterruptedException {
    return storeRule(
        rule,
        struck -> {
          hold(struck);
          return struck.getAsLong();
        });
  }

  /** Applies a rule to all instances' requests to DynamoDB during the given actions. */
  long storeRule(StoreRule rule, Actions actions) throws InterruptedException {
    List<StoreFaults.Active> active = new ArrayList<>();
    cluster.nodes().forEach(node -> active.add(node.store().faults().add(rule)));
    try {
      return actions.play(() -> active.stream().mapToLong(StoreFaults.Active::struck).sum());
    } finally {
      cluster.nodes().forEach(node -> active.forEach(one -> node.store().faults().remove(one)));
    }
  }
}
