package accounts.bench.speed;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts calls that have ended, and their latencies. Safe for any thread. */
final class Tally {

  private static final int DIGITS = 3;

  private final LongAdder ended = new LongAdder();
  private final LongAdder unexpected = new LongAdder();
  private final Recorder nanos = new Recorder(DIGITS);

  /**
   * Counts a call that ends now.
   *
   * @param due when it should have been sent, by {@link System#nanoTime}
   */
  void ended(long due, boolean asExpected) {
    ended.increment();
    nanos.recordValue(Math.max(0, System.nanoTime() - due));
    if (!asExpected) {
      unexpected.increment();
    }
  }

  /** Counts a call that was not sent, since too many were in flight. */
  void dropped() {
    unexpected.increment();
  }

  long ended() {
    return ended.sum();
  }

  long unexpected() {
    return unexpected.sum();
  }

  /** Returns the latencies since the last time that they were taken. */
  Histogram takeNanos() {
    return nanos.getIntervalHistogram();
  }
}
