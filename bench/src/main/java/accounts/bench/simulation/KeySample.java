package accounts.bench.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A sample of the keys by a hash of each (as SHARDS does: C. Waldspurger et al., FAST 2015): every
 * call of a sampled key is simulated and no call of another, so what happens to a key happens as it
 * would among all. Sums over the sample, divided by its rate, are estimates of the sums over all
 * keys from {@code from} on.
 *
 * <p>The few most popular keys are left out: one of them in the sample, or not, would decide about
 * the sum, and each is called more often than can be simulated. They are computed, see {@link
 * Renewal}.
 */
final class KeySample implements KeyDistribution {

  private static final double TWO_TO_53 = 0x1p53;

  private final long[] ranks;
  private final double[] cumulated;

  private KeySample(long[] ranks, double[] cumulated) {
    this.ranks = ranks;
    this.cumulated = cumulated;
  }

  /**
   * Draws the sample.
   *
   * @param from the most popular key that may be in it
   * @param rate the share of the keys that are, more than 0 and at most 1
   * @throws IllegalArgumentException if no key is
   */
  static KeySample of(Zipf zipf, long from, double rate, long seed) {
    long[] ranks = new long[1024];
    int size = 0;
    for (long rank = from; rank <= zipf.keys(); rank++) {
      if (isSampled(rank, rate, seed)) {
        ranks = size == ranks.length ? Arrays.copyOf(ranks, 2 * size) : ranks;
        ranks[size++] = rank;
      }
    }
    if (size == 0) {
      throw new IllegalArgumentException(
          "no key in a sample of %s (expected: a larger share of %d keys)"
              .formatted(rate, zipf.keys()));
    }
    return new KeySample(Arrays.copyOf(ranks, size), cumulated(zipf, ranks, size));
  }

  private static double[] cumulated(Zipf zipf, long[] ranks, int size) {
    double[] cumulated = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += zipf.share(ranks[i]);
      cumulated[i] = sum;
    }
    return cumulated;
  }

  /** Whether a key is in the sample of this rate: also in every larger one of the same seed. */
  static boolean isSampled(long rank, double rate, long seed) {
    return (mixed(rank + seed * 0x9E3779B97F4A7C15L) >>> 11) / TWO_TO_53 < rate;
  }

  /** The finalizer of SplitMix64. */
  private static long mixed(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public long next(RandomGenerator random) {
    double point = random.nextDouble() * share();
    int found = Arrays.binarySearch(cumulated, point);
    return ranks[Math.min(found < 0 ? -found - 1 : found + 1, ranks.length - 1)];
  }

  /** Returns the share of all calls that the sampled keys get. */
  double share() {
    return cumulated[cumulated.length - 1];
  }

  /** Returns the sampled keys, the most popular first. */
  long[] ranks() {
    return ranks.clone();
  }
}
