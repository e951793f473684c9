package accounts.bench.simulation;

import accounts.bench.simulation.PoissonTrace.Mix;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A trace with bursts on top of another: now and then a key that nobody asked for is wanted by
 * everybody for a while. A burst begins after an exponentially distributed quiet time and lasts for
 * one, with a constant rate of calls of the one key meanwhile (an on/off source).
 */
final class BurstTrace implements Trace {

  private final Trace steady;
  private final KeyDistribution burstKeys;
  private final Mix mix;
  private final Bursts bursts;
  private final long end;
  private final RandomGenerator random;
  private double at;
  private double quietFrom;
  private long key;
  private @Nullable Call nextSteady;
  private @Nullable Call nextBurst;

  /**
   * The bursts.
   *
   * @param every the mean time between two of them
   * @param length how long they last on average
   * @param perSecond calls per second while one lasts
   */
  record Bursts(Duration every, Duration length, double perSecond) {}

  /**
   * @param steady what is called all the time
   * @param burstKeys from which the keys of the bursts are drawn
   * @param mix of the bursts' calls
   */
  BurstTrace(
      Trace steady, KeyDistribution burstKeys, Mix mix, Bursts bursts, Duration length, long seed) {
    this.steady = steady;
    this.burstKeys = burstKeys;
    this.mix = mix;
    this.bursts = bursts;
    this.end = length.toNanos();
    this.random = new SplittableRandom(seed);
    this.nextSteady = steady.next();
    this.nextBurst = burst();
  }

  private @Nullable Call burst() {
    at += random.nextExponential() / bursts.perSecond() * 1e9;
    while (at >= quietFrom) {
      at = quietFrom + random.nextExponential() * bursts.every().toNanos();
      quietFrom = at + random.nextExponential() * bursts.length().toNanos();
      key = burstKeys.next(random);
      if (at >= end) {
        return null;
      }
    }
    return at < end
        ? new Call((long) at, random.nextInt(mix.instances()), key, mix.kind(random))
        : null;
  }

  @Override
  public @Nullable Call next() {
    Call one = nextSteady;
    Call other = nextBurst;
    if (one != null && (other == null || one.at() <= other.at())) {
      nextSteady = steady.next();
      return one;
    }
    if (other != null) {
      nextBurst = burst();
    }
    return other;
  }
}
