package accounts.bench.load;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What an operation costs a variant.
 *
 * @param nanos how long each took for its caller
 * @param cacheCalls of all together, whoever waits for them
 * @param cacheItems that these calls were about
 * @param storeCalls of all together, for the operation's users
 */
record Price(
    Operation operation,
    Variant variant,
    Histogram nanos,
    Calls cacheCalls,
    Calls cacheItems,
    Calls storeCalls) {

  long times() {
    return nanos.getTotalCount();
  }

  double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }

  /** Returns the calls that one may take at the most; what is not named, it may not take at all. */
  Map<String, Long> allowed() {
    return switch (operation) {
      case HIT, READ_AFTER_CHANGE -> Map.of("Get", 1L);
      case CHANGE -> Map.of("Get", 1 + repairs(), "SetIf", 1L, "Publish", 1L);
      // The miss (a get, the claim, the fill), the step, and the look that tells why it found
      // nothing.
      case CHANGE_UNCACHED -> Map.of("Get", 2 + repairs(), "SetIf", 3L, "Publish", 1L);
      case MISS -> Map.of("Get", 1L, "SetIf", 2L);
    };
  }

  /** How often the repair looks at the cell of a change, after its acknowledgement. */
  private long repairs() {
    return variant == Variant.WHOLE ? 1 : 0;
  }

  /** Says whether it took more than it may, or, for a hit, anything but one get of one item. */
  boolean isWrong() {
    return variant != Variant.TUTORIAL
        && !(isHit()
            ? cacheCalls.isOneEach("Get", times()) && cacheItems.isOneEach("Get", times())
            : cacheItems.isAtMost(allowed(), times() + slack()));
  }

  /**
   * The repair looks at a cell a moment after its change, and now and then meets one that somebody
   * is just loading: it invalidates that, and the next one loads again. Without it, a call may be
   * repeated that the machine answered late.
   */
  private long slack() {
    return times() / (variant == Variant.WHOLE ? 8 : 40);
  }

  private boolean isHit() {
    return operation == Operation.HIT || operation == Operation.READ_AFTER_CHANGE;
  }
}
