package accounts.bench.simulation;

import accounts.bench.simulation.PoissonTrace.Mix;
import java.time.Duration;

/**
 * What a flush is still to be seen of one and two times to live later, when the cells that were
 * filled at the same time expire at the same time: with a sample of the keys.
 */
final class Echo {

  /** Reads of the table are counted in windows of so many seconds. */
  private static final int WINDOW = 5;

  private final Size size;
  private final Zipf zipf;
  private final double rate;
  private final Duration ttl;

  /**
   * What was found: reads of the table per second, of all keys but the most popular ones.
   *
   * @param flush the most in any window of the first half of a time to live
   * @param before the most shortly before the first cells expire
   * @param echo the most from then until half a time to live later
   * @param second the same, a time to live later
   * @param mean over a time to live around the second
   */
  record Finding(
      double flush, double before, double echo, double second, double mean, double hitRatio) {}

  /**
   * @param rate of the sample
   */
  Echo(Size size, Zipf zipf, double rate, Duration ttl) {
    this.size = size;
    this.zipf = zipf;
    this.rate = rate;
    this.ttl = ttl;
  }

  /** Simulates it with a jitter. */
  Finding run(double jitter, long seed) {
    long from = 1;
    while (zipf.share(from) > rate / 500) {
      from++;
    }
    KeySample keys = KeySample.of(zipf, from, rate, seed);
    Fleet fleet = Fleet.start(Settings.of(size.instances(), seed).withTtl(ttl).withJitter(jitter));
    Tally last = new Tally();
    Tally before = new Tally();
    Duration length = ttl.multipliedBy(5).dividedBy(2);
    long lastFrom = ttl.multipliedBy(3).dividedBy(2).toNanos();
    Mix mix = new Mix(size.instances(), size.calls() * keys.share(), 0, 0);
    Player.of(fleet, call -> call.at() < lastFrom ? before : last, Duration.ZERO)
        .play(new PoissonTrace(keys, mix, length, seed));
    return found(fleet.store().reads(), last);
  }

  private Finding found(Rate loads, Tally last) {
    int whole = (int) ttl.toSeconds();
    int half = whole / 2;
    int early = whole * 3 / 4;
    return new Finding(
        loads.peak(0, half, WINDOW) / rate,
        loads.peak(half + whole / 10, early, WINDOW) / rate,
        loads.peak(early, whole + half, WINDOW) / rate,
        loads.peak(whole + early, 2 * whole + half, WINDOW) / rate,
        loads.in(whole + half, 2 * whole + half) / (double) whole / rate,
        last.hitRatio());
  }
}
