package accounts.bench.harness;

import accounts.bench.harness.StoreRule.Effect;
import java.time.Duration;

/** Instances killed and started again, or stopped for a while. */
final class Kills {

  /** The lease of all runs is at most a second. */
  private static final Duration LONGER_THAN_A_LEASE = Duration.ofMillis(1500);

  private Kills() {}

  /** Kills one when DynamoDB has committed a write of its, before it hears of that. */
  static long afterCommit(Stage stage) throws InterruptedException {
    Node node = stage.anyNode();
    StoreRule rule = StoreRule.of(Effect.LOSE_ANSWER).operations("TransactWriteItems");
    StoreFaults.Active active = node.store().faults().add(rule, () -> kill(stage, node));
    try {
      stage.hold(active::struck);
    } finally {
      node.store().faults().remove(active);
      revive(node);
    }
    return Math.min(1, active.struck());
  }

  /** Kills one at any moment. */
  static long atRandom(Stage stage) throws InterruptedException {
    Node node = stage.anyNode();
    kill(stage, node);
    try {
      stage.hold();
    } finally {
      revive(node);
    }
    return 1;
  }

  /**
   * Has one be of another version for a while, which keeps cached answers in a format of its own.
   */
  static long otherFormat(Stage stage) throws InterruptedException {
    return otherFormat(stage, stage.anyNode());
  }

  static long otherFormat(Stage stage, Node node) throws InterruptedException {
    kill(stage, node);
    try {
      revive(node, node.server().program().ofOtherFormat());
      stage.ledger().note(node.name() + " is back with another format of cached answers");
      stage.hold();
    } finally {
      kill(stage, node);
      revive(node);
    }
    return 1;
  }

  /** Stops one for longer than any lease lasts, as a suspended machine does, and lets it go on. */
  static long suspended(Stage stage) throws InterruptedException {
    Node node = stage.anyNode();
    node.server().suspend();
    stage.ledger().note(node.name() + " stopped");
    try {
      Thread.sleep(stage.length().plus(LONGER_THAN_A_LEASE));
    } finally {
      node.server().resume();
      stage.ledger().note(node.name() + " goes on");
    }
    stage.hold();
    return 1;
  }

  private static void kill(Stage stage, Node node) {
    node.server().kill();
    stage.ledger().note(node.name() + " killed");
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
