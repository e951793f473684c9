package accounts.bench.harness;

/** The cache lost, down, or out of reach. */
final class Outages {

  private static final int FLUSHES = 5;

  private Outages() {}

  /** Flushes the cache a few times. */
  static long flush(Stage stage) throws InterruptedException {
    for (int i = 0; i < FLUSHES; i++) {
      stage.cluster().cache().flush(Cluster.NAME);
      stage.ledger().note("cache flushed");
      Thread.sleep(stage.length().dividedBy(FLUSHES));
    }
    return FLUSHES;
  }

  /** Has the cache go down and come back at once, empty. */
  static long restart(Stage stage) throws InterruptedException {
    stage.cluster().cache().stop();
    stage.cluster().cache().restart();
    stage.hold();
    return 1;
  }

  /** Has the cache go down for a while. */
  static long down(Stage stage) throws InterruptedException {
    stage.cluster().cache().stop();
    try {
      stage.hold();
    } finally {
      stage.cluster().cache().restart();
    }
    return 1;
  }

  /** Cuts one instance off from the cache for a while; what the cache holds stays. */
  static long cutOff(Stage stage) throws InterruptedException {
    Node node = stage.anyNode();
    node.cache().close();
    stage.ledger().note("cache out of reach for " + node.name());
    try {
      stage.hold();
    } finally {
      node.cache().open();
    }
    return 1;
  }
}
