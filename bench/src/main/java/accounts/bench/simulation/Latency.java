package accounts.bench.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a call over the network takes: a least time, and an exponentially distributed rest.
 *
 * @param least of all calls
 * @param rest on average, beyond the least
 */
record Latency(Duration least, Duration rest) {

  /** Returns the next call's, in nanoseconds. */
  long next(RandomGenerator random) {
    return least.toNanos() + (long) (random.nextExponential() * rest.toNanos());
  }

  Duration mean() {
    return least.plus(rest);
  }

  /** Returns this latency with something added to each call. */
  Latency plus(Duration more) {
    return new Latency(least.plus(more), rest);
  }
}
