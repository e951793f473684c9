package accounts.bench.harness;

import accounts.bench.harness.StoreRule.Effect;
import java.time.Duration;

/** Many readers at once who find nothing in the cache. */
final class Rushes {

  private static final int READERS = 600;
  private static final String COLD = "cold";

  private Rushes() {}

  /** Has the cache lose a hot key just before they come; returns how many were answered. */
  static long hotKey(Stage stage) throws InterruptedException {
    stage.cluster().flush();
    stage.ledger().note("cache flushed, %d readers of one key".formatted(READERS));
    return stage.extras().crowd().wantOne(READERS);
  }

  /**
   * Has each want a thing of its own, while DynamoDB takes its time; returns how many were refused.
   */
  static long coldKeys(Stage stage) throws InterruptedException {
    StoreRule slow = StoreRule.of(Effect.DELAY_ANSWER).about(COLD).delay(Duration.ofMillis(400));
    return stage.storeRule(
        slow,
        struck -> {
          stage.cluster().flush();
          stage.ledger().note("cache flushed, %d readers of as many keys".formatted(READERS));
          return stage.extras().crowd().wantOneEach(READERS, COLD);
        });
  }
}
