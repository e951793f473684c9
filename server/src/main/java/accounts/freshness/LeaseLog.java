package accounts.freshness;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs when the lease is lost and when it is held again. */
final class LeaseLog {

  /** As long as a server that has just started, or a new table, takes to answer the first time. */
  private static final Duration LEAST_AT_FIRST = Duration.ofSeconds(2);

  private final Logger log;
  private final Duration length;
  private final Duration first;
  private boolean wasHeld;
  private @Nullable Long lastHeld;
  private boolean isLost;

  /**
   * @param length of the lease
   */
  LeaseLog(Logger log, Duration length) {
    this.log = log;
    // An instance that starts, or has lost its lease for a moment, waits for a little longer than
    // one.
    this.length = length.multipliedBy(2);
    this.first = this.length.compareTo(LEAST_AT_FIRST) > 0 ? this.length : LEAST_AT_FIRST;
  }

  /**
   * Logs the loss of the lease if it has ended; to be called periodically.
   *
   * @param now in nanoseconds from any origin
   */
  synchronized void check(long now) {
    if (lastHeld == null) {
      lastHeld = now;
    }
    Duration age = Duration.ofNanos(now - lastHeld);
    if (!isLost && age.compareTo(wasHeld ? length : first) >= 0) {
      isLost = true;
      log.warn("no lease on the epochs for {} ms: the cache is not used", age.toMillis());
    }
  }

  /**
   * Records that the lease is held.
   *
   * @param now in nanoseconds from any origin
   */
  synchronized void held(long now) {
    lastHeld = now;
    wasHeld = true;
    if (isLost) {
      isLost = false;
      log.info("lease on the epochs again: the cache is used");
    }
  }
}
