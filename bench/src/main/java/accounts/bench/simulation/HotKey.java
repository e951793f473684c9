package accounts.bench.simulation;

import accounts.bench.simulation.PoissonTrace.Mix;
import accounts.domain.EntityKey.UserKey;
import java.time.Duration;

/** The cell of one key that every instance wants expires under the load. */
final class HotKey {

  private static final UserKey KEY = Users.key(1);
  private static final Duration BEFORE = Duration.ofMillis(100);
  private static final double CALLS_PER_INSTANCE = 40;

  private final int instances;
  private final Duration delay;
  private final Duration after;

  /**
   * What was found.
   *
   * @param calls per second, of the key
   * @param loads reads of the table
   * @param longest that a caller waited, in milliseconds
   */
  record Finding(double calls, long loads, double longest) {}

  /**
   * @param delay by which the table is late
   * @param after how long it is watched after the expiry
   */
  HotKey(int instances, Duration delay, Duration after) {
    this.instances = instances;
    this.delay = delay;
    this.after = after;
  }

  private double calls() {
    return instances * CALLS_PER_INSTANCE;
  }

  private Trace trace(long seed) {
    return new PoissonTrace(
        random -> 1L, new Mix(instances, calls(), 0, 0), BEFORE.plus(after), seed);
  }

  /** Simulates the service. */
  Finding service(long seed) {
    Fleet fleet = Fleet.start(Settings.of(instances, seed));
    fleet.delayStore(delay);
    fleet.preload(KEY, 0);
    fleet.loop().in(BEFORE.toNanos(), () -> fleet.expire(KEY));
    Tally tally = new Tally();
    Player.of(fleet, call -> tally, Duration.ZERO).play(trace(seed));
    return new Finding(calls(), fleet.store().reads().total(), tally.readMillis(100));
  }

  /** Simulates the tutorial's protocol. */
  Finding tutorial(long seed) {
    TutorialFleet fleet = new TutorialFleet(Settings.of(instances, seed));
    fleet.network().delayStore(delay);
    fleet.preload(KEY, 0);
    fleet.loop().in(BEFORE.toNanos(), () -> fleet.expire(KEY));
    Tally tally = new Tally();
    new Player(fleet.loop(), fleet, call -> tally, Duration.ZERO).play(trace(seed));
    return new Finding(calls(), fleet.store().reads().total(), tally.readMillis(100));
  }
}
