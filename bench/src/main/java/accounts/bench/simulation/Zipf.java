package accounts.bench.simulation;

import java.util.random.RandomGenerator;

/**
 * Zipf's distribution: key {@code r} of {@code 1..keys} is called in proportion to {@code
 * 1/r^exponent}. Draws take constant time and no memory, whatever the number of keys
 * (rejection-inversion: W. Hörmann, G. Derflinger, ACM TOMACS 6/3, 1996).
 */
final class Zipf implements KeyDistribution {

  /** So many terms of a sum are added up one by one, the rest by the integral. */
  private static final long EXACT = 10_000;

  private final long keys;
  private final double exponent;
  private final double first;
  private final double last;
  private final double accepted;
  private final double total;

  /**
   * @param keys 1 or more
   * @param exponent more than 0
   */
  Zipf(long keys, double exponent) {
    if (keys < 1 || !(exponent > 0)) {
      throw new IllegalArgumentException(
          "%d keys, exponent %s (expected: 1 or more, more than 0)".formatted(keys, exponent));
    }
    this.keys = keys;
    this.exponent = exponent;
    this.first = integral(1.5) - 1;
    this.last = integral(keys + 0.5);
    this.accepted = 2 - inverse(integral(2.5) - height(2));
    this.total = weights(1, keys);
  }

  @Override
  public long next(RandomGenerator random) {
    while (true) {
      double u = last + random.nextDouble() * (first - last);
      double x = inverse(u);
      long rank = Math.clamp((long) (x + 0.5), 1, keys);
      if (rank - x <= accepted || u >= integral(rank + 0.5) - height((double) rank)) {
        return rank;
      }
    }
  }

  /** Returns the share of all calls that one key gets. */
  double share(long rank) {
    return height((double) rank) / total;
  }

  /** Returns the share of all calls that the keys of these ranks get, both included. */
  double share(long from, long to) {
    return weights(from, to) / total;
  }

  /** Returns how many keys there are. */
  long keys() {
    return keys;
  }

  private double weights(long from, long to) {
    double sum = 0;
    long exact = Math.min(to, Math.max(from, EXACT));
    for (long rank = from; rank <= exact; rank++) {
      sum += height((double) rank);
    }
    // The midpoint rule; its error is far below a millionth from here on.
    return exact < to ? sum + integral(to + 0.5) - integral(exact + 0.5) : sum;
  }

  private double height(double x) {
    return Math.exp(-exponent * Math.log(x));
  }

  private double integral(double x) {
    double log = Math.log(x);
    return expm1OverX((1 - exponent) * log) * log;
  }

  private double inverse(double y) {
    double t = Math.max(-1, y * (1 - exponent));
    return Math.exp(log1pOverX(t) * y);
  }

  private static double log1pOverX(double x) {
    return Math.abs(x) > 1e-8 ? Math.log1p(x) / x : 1 - x / 2;
  }

  private static double expm1OverX(double x) {
    return Math.abs(x) > 1e-8 ? Math.expm1(x) / x : 1 + x / 2;
  }
}
