package accounts.bench.harness;

import accounts.bench.harness.StoreRule.Effect;

/** Instances killed and started again. */
final class Kills {

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

  private static void kill(Stage stage, Node node) {
    node.server().kill();
    stage.ledger().note(node.name() + " killed");
  }

  private static void revive(Node node) throws InterruptedException {
    node.server().close();
    node.server().start();
    node.server().awaitReady();
  }
}
