package accounts.bench.harness;

import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import io.grpc.Status;
import java.time.Duration;

/** The cache lost, down, or unreachable; DynamoDB unreachable. */
final class Outages {

  private static final int FLUSHES = 5;

  /** A write may take this long while its instance is cut off. */
  private static final Duration SLOWEST_WRITE = Duration.ofSeconds(2);

  /** Writers whose changes are refused try for two seconds before they raise epochs. */
  private static final Duration UNTIL_RAISE = Duration.ofSeconds(3);

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
    stage.ledger().note(node.name() + " is cut off from the cache");
    try {
      stage.hold();
    } finally {
      node.cache().open();
    }
    return 1;
  }

  /**
   * Cuts one instance off from the cache and has it write all the while; returns how many of these
   * writes were acknowledged.
   */
  static long cutOffWriter(Stage stage) throws InterruptedException {
    Node node = stage.anyNode();
    node.cache().close();
    stage.ledger().note(node.name() + " is cut off from the cache, and writes");
    try {
      return stage.extras().loneWriter().write(node.name(), stage.length().plus(SLOWEST_WRITE));
    } finally {
      node.cache().open();
    }
  }

  /**
   * Cuts one instance off from DynamoDB while the others, whose changes of the cache are refused,
   * raise epochs; returns how many of its requests broke.
   */
  static long partitioned(Stage stage) throws InterruptedException {
    Node node = stage.anyNode();
    String[] others =
        stage.cluster().nodes().stream()
            .map(Node::name)
            .filter(name -> !name.equals(node.name()))
            .toArray(String[]::new);
    StoreFaults.Active cut = node.store().faults().add(StoreRule.of(StoreRule.Effect.CUT));
    stage.ledger().note(node.name() + " is cut off from DynamoDB, the others raise epochs");
    try {
      long refused =
          stage
              .longerBy(UNTIL_RAISE)
              .cacheRules(
                  Rule.of(Fault.ERROR)
                      .rpcs("SetIf")
                      .clients(others)
                      .status(Status.Code.INTERNAL, ""));
      return refused == 0 ? 0 : cut.struck();
    } finally {
      node.store().faults().remove(cut);
    }
  }
}
