package accounts.bench.harness;

import accounts.bench.harness.StoreRule.Effect;
import java.time.Duration;

/** Episodes with many reads at once that all miss the cache. */
final class ReadBursts {

  private static final int READERS = 600;
  private static final String COLD = "cold";

  private ReadBursts() {}

  /**
   * Flushes the cache and then reads one hot key many times at once; returns how many reads were
   * answered.
   */
  static long hotKey(FaultContext context) throws InterruptedException {
    context.cluster().flush();
    context.ledger().note("cache flushed, %d reads of one key".formatted(READERS));
    return context.extras().readBurst().readOneKey(READERS);
  }

  /**
   * Reads many different keys at once while DynamoDB is slow; returns how many reads were refused.
   */
  static long coldKeys(FaultContext context) throws InterruptedException {
    StoreRule slow = StoreRule.of(Effect.DELAY_ANSWER).about(COLD).delay(Duration.ofMillis(400));
    return context.storeRule(
        slow,
        struck -> {
          context.cluster().flush();
          context.ledger().note("cache flushed, %d reads of as many keys".formatted(READERS));
          return context.extras().readBurst().readOneKeyEach(READERS, COLD);
        });
  }
}
