package accounts.bench.speed;

import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Keys by Zipf's law, drawn in advance so that drawing costs nothing. Safe for any thread. */
final class ZipfKeys {

  private static final int DRAWN = 1 << 18;

  private final int[] keys = new int[DRAWN];

  /**
   * Draws keys.
   *
   * @param count of keys, from 0; 0 is the most frequent one
   * @param exponent how much more frequent: YCSB takes 0.99
   * @param seed makes the draw repeatable
   */
  ZipfKeys(int count, double exponent, long seed) {
    SharedStateDiscreteSampler sampler =
        RejectionInversionZipfSampler.of(
            RandomSource.XO_SHI_RO_256_PP.create(seed), count, exponent);
    for (int i = 0; i < keys.length; i++) {
      keys[i] = sampler.sample() - 1;
    }
  }

  /** Returns the key of a call; after many calls they repeat. */
  int at(long number) {
    return keys[(int) (number & (DRAWN - 1))];
  }
}
