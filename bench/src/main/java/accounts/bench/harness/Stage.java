package accounts.bench.harness;

import accounts.bench.freshness.Ledger;
import accounts.local.faults.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Where faults play: the cluster, the lots, and how long one lasts. For one thread.
 *
 * @param length how long a fault lasts
 */
record Stage(Cluster cluster, Ledger ledger, Random random, Duration length) {

  /** Returns any instance. */
  Node anyNode() {
    return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
  }

  void hold() throws InterruptedException {
    Thread.sleep(length);
  }

  /** Has the cache's rules hold for a while; returns how many calls they struck. */
  long cacheRules(Rule... rules) throws InterruptedException {
    List<Long> ids = new ArrayList<>();
    for (Rule rule : rules) {
      ids.add(cluster.cache().faults().add(rule));
    }
    try {
      hold();
      return ids.stream().mapToLong(cluster.cache().faults()::injected).sum();
    } finally {
      ids.forEach(cluster.cache().faults()::remove);
    }
  }

  /** Has a rule hold for all instances' requests to DynamoDB; returns how many it struck. */
  long storeRule(StoreRule rule) throws InterruptedException {
    List<StoreFaults.Active> active = new ArrayList<>();
    cluster.nodes().forEach(node -> active.add(node.store().faults().add(rule)));
    try {
      hold();
      return active.stream().mapToLong(StoreFaults.Active::struck).sum();
    } finally {
      cluster.nodes().forEach(node -> active.forEach(one -> node.store().faults().remove(one)));
    }
  }
}
