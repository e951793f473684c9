package accounts.bench.simulation;

import accounts.bench.simulation.Call.Kind;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Calls that know nothing of each other: they come in a Poisson process of a constant rate, each
 * through an instance chosen at random.
 */
final class PoissonTrace implements Trace {

  private final KeyDistribution keys;
  private final Mix mix;
  private final long end;
  private final RandomGenerator random;
  private double at;

  /**
   * What is called.
   *
   * @param instances that share the calls
   * @param perSecond calls per second, of all instances together
   * @param bounded the share of BOUNDED reads among the reads
   * @param writes the share of changes among the calls
   */
  record Mix(int instances, double perSecond, double bounded, double writes) {

    /** Returns the same at another rate. */
    Mix at(double rate) {
      return new Mix(instances, rate, bounded, writes);
    }

    Kind kind(RandomGenerator random) {
      if (random.nextDouble() < writes) {
        return Kind.WRITE;
      }
      return random.nextDouble() < bounded ? Kind.BOUNDED : Kind.FRESH;
    }
  }

  PoissonTrace(KeyDistribution keys, Mix mix, Duration length, long seed) {
    this.keys = keys;
    this.mix = mix;
    this.end = length.toNanos();
    this.random = new SplittableRandom(seed);
  }

  @Override
  public @Nullable Call next() {
    at += random.nextExponential() / mix.perSecond() * 1e9;
    return at < end
        ? new Call((long) at, random.nextInt(mix.instances()), keys.next(random), mix.kind(random))
        : null;
  }
}
