package accounts.repair.dynamodb;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What this instance knows about whether all shards of the stream are being read, by whichever
 * instances. May be asked from any thread; everything else belongs to the rounds of the {@link
 * StreamConsumer}.
 */
final class RepairActivity {

  private final LongSupplier nanoTime;
  private volatile Judgement judgement = new Judgement(false, 0);
  private volatile boolean asked;

  private record Judgement(boolean active, long until) {}

  /**
   * @param nanoTime nanoseconds from any origin
   */
  RepairActivity(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Returns whether the repair is active, and notes that somebody wants to know. */
  boolean ask() {
    asked = true;
    return isActive();
  }

  /** Returns whether the repair is active; false once the last judgement has expired. */
  boolean isActive() {
    Judgement last = judgement;
    return last.active() && nanoTime.getAsLong() - last.until() < 0;
  }

  /** Returns whether anybody has asked since the last call of this method. */
  boolean takeAsked() {
    boolean was = asked;
    asked = false;
    return was;
  }

  /** Records what is known from now on, for {@code validity}. */
  void judge(boolean active, Duration validity) {
    judgement = new Judgement(active, nanoTime.getAsLong() + validity.toNanos());
  }
}
