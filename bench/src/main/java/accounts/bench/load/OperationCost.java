package accounts.bench.load;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The cost of an operation with a variant.
 *
 * @param nanos the latencies
 * @param cacheCalls the calls to the cache, also those that no caller waits for
 * @param cacheItems the items in these calls
 * @param storeCalls the requests to DynamoDB about the operation's users
 */
record OperationCost(
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

  /** Returns the most calls that one operation may take, by name; other calls are not allowed. */
  static Map<String, Long> allowed(Operation operation, Variant variant) {
    long repairs = variant == Variant.WHOLE ? 1 : 0; // it reads the cell of a change
    return switch (operation) {
      case HIT, READ_AFTER_CHANGE -> Map.of("Get", 1L);
      case CHANGE -> Map.of("Get", 1 + repairs, "SetIf", 1L, "Publish", 1L);
      // The miss (a get, the claim, the fill), the step, and a get that tells why the step found
      // nothing.
      case CHANGE_UNCACHED -> Map.of("Get", 2 + repairs, "SetIf", 3L, "Publish", 1L);
      case MISS -> Map.of("Get", 1L, "SetIf", 2L);
    };
  }

  Map<String, Long> allowed() {
    return allowed(operation, variant);
  }

  /** Returns whether it took more than allowed, or, for a hit, anything but one get of one item. */
  boolean isWrong() {
    return variant != Variant.TUTORIAL
        && !(isHit()
            ? cacheCalls.isOneEach("Get", times()) && cacheItems.isOneEach("Get", times())
            : cacheItems.isAtMost(allowed(), times() + slack()));
  }

  /**
   * Returns for how many operations more calls are tolerated. The repair reads a cell shortly after
   * its change, and sometimes finds a load in progress: it invalidates the cell, and the next read
   * loads again. Without the repair, a call may be retried because a busy machine answered late.
   */
  private long slack() {
    return times() / (variant == Variant.WHOLE ? 8 : 40);
  }

  private boolean isHit() {
    return operation == Operation.HIT || operation == Operation.READ_AFTER_CHANGE;
  }
}
