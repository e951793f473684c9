package accounts.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What an operation costs a variant.
 *
 * @param nanos how long each took for its caller
 * @param cacheCalls of all together, whoever waits for them
 * @param storeCalls of all together, for the operation's user
 */
record Price(
    Operation operation, Variant variant, Histogram nanos, Calls cacheCalls, Calls storeCalls) {

  long times() {
    return nanos.getTotalCount();
  }

  double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }

  /** Says whether it is a hit of the whole protocol that took more or less than one round trip. */
  boolean isWrong() {
    return operation == Operation.HIT
        && variant != Variant.PLAIN
        && !cacheCalls.isOneEach("GetBatch", times());
  }
}
