package accounts.bench.history;

import java.time.Duration;

/**
 * The limits of the guarantee that reads are judged by.
 *
 * @param bound how old a BOUNDED answer may be
 * @param window how long reads may flip back behind a write that was seen but never acknowledged
 * @param longestCall how long a call may last; older history is forgotten
 */
public record Rules(Duration bound, Duration window, Duration longestCall) {

  /** A window for a service that repairs nothing: reads may flip back for ever. */
  public static final Duration NO_REPAIR = Duration.ofDays(1);

  /** Ages are rounded to milliseconds on their way. */
  static final Duration TOLERANCE = Duration.ofMillis(2);

  /** Returns how much older than a FRESH answer an answer may be, in nanoseconds. */
  long slack(Consistency consistency) {
    return consistency == Consistency.BOUNDED ? bound.toNanos() : 0;
  }

  /**
   * Returns how long a read may miss a write that was seen but not acknowledged, in nanoseconds.
   */
  long window(Consistency consistency) {
    return consistency == Consistency.STORE ? 0 : window.toNanos();
  }

  /** Returns how far back checks need the history, in nanoseconds. */
  long horizon() {
    return bound.plus(longestCall).toNanos()
        + Math.min(window.toNanos(), Duration.ofMinutes(1).toNanos());
  }
}
