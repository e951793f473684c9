package accounts.cache;

import accounts.async.CallScope;
import accounts.store.EpochStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an {@link EpochLease} alive by reading the epochs again and again. */
public final class EpochRenewal {

  private static final Logger log = LoggerFactory.getLogger(EpochRenewal.class);

  private final EpochStore store;
  private final EpochLease lease;
  private final Duration period;
  private final LongSupplier nanoTime;

  /**
   * @param period between two reads, a fraction of the lease's length
   * @param nanoTime the lease's clock
   */
  public EpochRenewal(EpochStore store, EpochLease lease, Duration period, LongSupplier nanoTime) {
    this.store = store;
    this.lease = lease;
    this.period = period;
    this.nanoTime = nanoTime;
  }

  /** Reads the epochs from now on until the timer is shut down. */
  public void start(ScheduledExecutorService timer) {
    var unused =
        timer.scheduleAtFixedRate(this::renewInTime, 0, period.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void renewInTime() {
    var unused = renew(CallScope.of(period));
  }

  /** Reads the epochs once. Never fails: an epoch that cannot be read lets the lease lapse. */
  public CompletableFuture<Void> renew(CallScope scope) {
    long began = nanoTime.getAsLong();
    return store
        .read(scope)
        .handle((epochs, failure) -> {
          if (failure == null) {
            lease.confirm(epochs, began);
          } else {
            log.debug("epochs not read", failure);
          }
          return null;
        });
  }
}
