package accounts.bench.harness;

import accounts.bench.harness.StoreRule.Effect;
import java.util.Map;

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

  /** Has one be of another version for a while, which caches in a format of its own. */
  static long otherFormat(Stage stage) throws InterruptedException {
    return otherFormat(stage, stage.anyNode());
  }

  static long otherFormat(Stage stage, Node node) throws InterruptedException {
    kill(stage, node);
    try {
      revive(node, Map.of("ACCOUNTS_CACHE_FORMAT", "9999"));
      stage.ledger().note(node.name() + " is back with another cached format");
      stage.hold();
    } finally {
      kill(stage, node);
      revive(node);
    }
    return 1;
  }

  private static void kill(Stage stage, Node node) {
    node.server().kill();
    stage.ledger().note(node.name() + " killed");
  }

  private static void revive(Node node) throws InterruptedException {
    revive(node, Map.of());
  }

  private static void revive(Node node, Map<String, String> changed) throws InterruptedException {
    node.server().close();
    node.server().start(changed);
    node.server().awaitReady();
  }
}
