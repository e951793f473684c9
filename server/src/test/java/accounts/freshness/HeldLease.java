package accounts.freshness;

import accounts.async.ManualTimer;
import accounts.freshness.EpochLease.Moment;
import accounts.store.FleetState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An {@link EpochLease} that is held for as long as its timer stands still. */
public final class HeldLease {

  private static final Duration LENGTH = Duration.ofSeconds(1);

  /** Within the wait after which a state that was first seen may be gone by. */
  private static final int READS = 4;

  private final ManualTimer timer;
  private final EpochLease lease;
  private long ahead;

  /** Holds the lease on a state. */
  public HeldLease(FleetState state) {
    this(state, new ManualTimer());
  }

  /**
   * Holds the lease on a state.
   *
   * @param timer whose clock the lease goes by
   */
  public HeldLease(FleetState state, ManualTimer timer) {
    this.timer = timer;
    this.lease = new EpochLease(LENGTH, this::nanos, this::millis, timer);
    renew(state);
  }

  private long nanos() {
    return timer.nanoTime() + ahead;
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos());
  }

  /** Reads the fleet's state, and again until it may be gone by. */
  public void renew(FleetState state) {
    read(state);
    for (int i = 0; i < READS; i++) {
      ahead += EpochLease.waitFor(LENGTH).dividedBy(READS).toNanos();
      read(state);
    }
  }

  private void read(FleetState state) {
    ahead++;
    Moment now = lease.now();
    lease.confirm(state, now, now);
  }

  /** Ends the lease. */
  public void lapse() {
    lease.drop();
  }

  public EpochLease lease() {
    return lease;
  }

  /** Returns the view, which must be there. */
  public EpochView view() {
    return lease.view().orElseThrow();
  }
}
