package accounts.bench.harness;

import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import io.grpc.Status;
import java.time.Duration;

/** Episodes in which the cache is flushed, down or unreachable, or DynamoDB is unreachable. */
final class Outages {

  private static final int FLUSHES = 5;

  /** A write may take this long while its instance is cut off. */
  private static final Duration SLOWEST_WRITE = Duration.ofSeconds(2);

  /** Writers whose changes are refused try for two seconds before they raise epochs. */
  private static final Duration UNTIL_RAISE = Duration.ofSeconds(3);

  private Outages() {}

  /** Flushes the cache a few times. */
  static long flush(FaultContext context) throws InterruptedException {
    for (int i = 0; i < FLUSHES; i++) {
      context.cluster().cache().flush(Cluster.NAME);
      context.ledger().note("cache flushed");
      Thread.sleep(context.length().dividedBy(FLUSHES));
    }
    return FLUSHES;
  }

  /** Restarts the cache, which comes back empty. */
  static long restart(FaultContext context) throws InterruptedException {
    context.cluster().cache().stop();
    context.cluster().cache().restart();
    context.hold();
    return 1;
  }

  /** Stops the cache for a while. */
  static long down(FaultContext context) throws InterruptedException {
    context.cluster().cache().stop();
    try {
      context.hold();
    } finally {
      context.cluster().cache().restart();
    }
    return 1;
  }

  /** Cuts one instance off from the cache for a while; the cache keeps its contents. */
  static long cutOff(FaultContext context) throws InterruptedException {
    Node node = context.anyNode();
    node.cache().close();
    context.ledger().note(node.name() + " is cut off from the cache");
    try {
      context.hold();
    } finally {
      node.cache().open();
    }
    return 1;
  }

  /**
   * Cuts one instance off from the cache and writes through it all the while; returns how many of
   * these writes were acknowledged.
   */
  static long cutOffWriter(FaultContext context) throws InterruptedException {
    Node node = context.anyNode();
    node.cache().close();
    context.ledger().note(node.name() + " is cut off from the cache, and writes");
    try {
      return context
          .extras()
          .singleInstanceWriter()
          .write(node.name(), context.length().plus(SLOWEST_WRITE));
    } finally {
      node.cache().open();
    }
  }

  /**
   * Cuts one instance off from DynamoDB while the others raise epochs, because the cache refuses
   * their changes; returns how many of its requests failed.
   */
  static long partitioned(FaultContext context) throws InterruptedException {
    Node node = context.anyNode();
    String[] others =
        context.cluster().nodes().stream()
            .map(Node::name)
            .filter(name -> !name.equals(node.name()))
            .toArray(String[]::new);
    StoreFaults.Active cut = node.store().faults().add(StoreRule.of(StoreRule.Effect.CUT));
    context.ledger().note(node.name() + " is cut off from DynamoDB, the others raise epochs");
    try {
      long refused =
          context
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
