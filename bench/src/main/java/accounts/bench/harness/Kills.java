package accounts.bench.harness;

import accounts.bench.harness.StoreRule.Effect;
import java.time.Duration;

/** Episodes in which instances are killed and restarted, or stopped for a while. */
final class Kills {

  /** The lease of all runs is at most a second. */
  private static final Duration LONGER_THAN_A_LEASE = Duration.ofMillis(1500);

  private Kills() {}

  /**
   * Kills an instance after DynamoDB has committed one of its writes, before the answer arrives.
   */
  static long afterCommit(FaultContext context) throws InterruptedException {
    Node node = context.anyNode();
    StoreRule rule = StoreRule.of(Effect.LOSE_ANSWER).operations("TransactWriteItems");
    StoreFaults.Active active = node.store().faults().add(rule, () -> kill(context, node));
    try {
      context.hold(active::struck);
    } finally {
      node.store().faults().remove(active);
      revive(node);
    }
    return Math.min(1, active.struck());
  }

  /** Kills an instance at a random moment. */
  static long atRandom(FaultContext context) throws InterruptedException {
    Node node = context.anyNode();
    kill(context, node);
    try {
      context.hold();
    } finally {
      revive(node);
    }
    return 1;
  }

  /** Runs one instance as another version for a while, which caches answers in another format. */
  static long otherFormat(FaultContext context) throws InterruptedException {
    return otherFormat(context, context.anyNode());
  }

  static long otherFormat(FaultContext context, Node node) throws InterruptedException {
    kill(context, node);
    try {
      revive(node, node.server().program().ofOtherFormat());
      context.ledger().note(node.name() + " is back with another format of cached answers");
      context.hold();
    } finally {
      kill(context, node);
      revive(node);
    }
    return 1;
  }

  /**
   * Suspends an instance for longer than any lease lasts, as a suspended machine does, and resumes
   * it.
   */
  static long suspended(FaultContext context) throws InterruptedException {
    Node node = context.anyNode();
    node.server().suspend();
    context.ledger().note(node.name() + " suspended");
    try {
      Thread.sleep(context.length().plus(LONGER_THAN_A_LEASE));
    } finally {
      node.server().resume();
      context.ledger().note(node.name() + " resumed");
    }
    context.hold();
    return 1;
  }

  private static void kill(FaultContext context, Node node) {
    node.server().kill();
    context.ledger().note(node.name() + " killed");
  }

  private static void revive(Node node) throws InterruptedException {
    revive(node, node.server().program());
  }

  private static void revive(Node node, ServerProgram program) throws InterruptedException {
    node.server().close();
    node.server().start(program);
    node.server().awaitReady();
  }
}
