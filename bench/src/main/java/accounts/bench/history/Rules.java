package accounts.bench.history;

import java.time.Duration;

/**
 * What is promised, in numbers.
 *
 * @param bound how old a BOUNDED answer may be
 * @param window after which reads no longer flip back behind a write that nobody acknowledged, once
 *     one of them has seen it
 * @param longestCall after which no call is waited for; what is older is forgotten
 */
public record Rules(Duration bound, Duration window, Duration longestCall) {

  /** A window for a service that repairs nothing: reads may flip back for ever. */
  public static final Duration NO_REPAIR = Duration.ofDays(1);

  /** Clocks are read, rounded and sent in milliseconds somewhere. */
  static final Duration TOLERANCE = Duration.ofMillis(2);

  /** How much older than FRESH an answer may be. */
  long slack(Consistency consistency) {
    return consistency == Consistency.BOUNDED ? bound.toNanos() : 0;
  }

  /** How long a read may miss what was seen but not acknowledged. */
  long window(Consistency consistency) {
    return consistency == Consistency.STORE ? 0 : window.toNanos();
  }

  /** How far back any check looks. */
  long horizon() {
    return bound.plus(longestCall).toNanos()
        + Math.min(window.toNanos(), Duration.ofMinutes(1).toNanos());
  }
}
