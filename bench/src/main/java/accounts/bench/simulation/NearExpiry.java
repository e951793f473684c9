package accounts.bench.simulation;

import accounts.bench.simulation.PoissonTrace.Mix;
import java.time.Duration;
import java.util.function.Function;

/** BOUNDED reads, whose answers in memory lapse: who waits, and what reading them anew costs. */
final class NearExpiry {

  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(9);

  private final Size size;
  private final Zipf zipf;
  private final double hotCalls;

  /**
   * What was found.
   *
   * @param waited the share of all BOUNDED reads that memory did not answer
   * @param hotWaited the same of the hot keys
   * @param p999 of the hot keys' reads, in milliseconds; likewise {@code longest}
   * @param gets of Momento per second
   */
  record Finding(double waited, double hotWaited, double p999, double longest, double gets) {}

  /**
   * @param hotCalls a key is hot if an instance gets so many reads of it a second
   */
  NearExpiry(Size size, Zipf zipf, double hotCalls) {
    this.size = size;
    this.zipf = zipf;
    this.hotCalls = hotCalls;
  }

  /**
   * Simulates it.
   *
   * @param refreshAt the share of the bound after which a read has the answer read anew; more than
   *     1: never
   */
  Finding run(double refreshAt, long seed) {
    Fleet fleet = Fleet.start(Settings.of(size.instances(), seed).withRefreshAt(refreshAt));
    for (long rank = 1; rank <= zipf.keys(); rank++) {
      fleet.preload(Users.key(rank), fleet.random().nextDouble());
    }
    Tally rest = new Tally();
    Tally hot = new Tally();
    Tally others = new Tally();
    Function<Call, Tally> tallies =
        call -> call.at() < WARM_UP.toNanos() ? rest : isHot(call) ? hot : others;
    Mix mix = new Mix(size.instances(), size.calls(), 1, 0);
    Player.of(fleet, tallies, Duration.ZERO)
        .play(new PoissonTrace(zipf, mix, WARM_UP.plus(MEASURED), seed));
    int from = (int) WARM_UP.toSeconds();
    int to = from + (int) MEASURED.toSeconds();
    double waited = hot.reads() * (1 - hot.nearRatio()) + others.reads() * (1 - others.nearRatio());
    return new Finding(
        waited / (hot.reads() + others.reads()),
        1 - hot.nearRatio(),
        hot.readMillis(99.9),
        hot.readMillis(100),
        fleet.cache().gets().in(from, to) / (double) MEASURED.toSeconds());
  }

  private boolean isHot(Call call) {
    return zipf.share(call.key()) * size.calls() >= hotCalls * size.instances();
  }
}
