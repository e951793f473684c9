package accounts.audit;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.freshness.CellReads;
import accounts.freshness.Sighting;
import accounts.read.ReadObserver;
import accounts.service.Consistency;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.Source;
import accounts.store.AccountStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a sample of cached answers with the store, at the cost of one store read each. An answer
 * older than the store's is not yet a violation: its write may not have been acknowledged. It is
 * stale if the cache still returns it after every write that was in flight has been acknowledged or
 * has failed. Only the cache is read for that, so no sample costs a second store read.
 */
public final class Auditor implements ReadObserver {

  private static final Logger log = LoggerFactory.getLogger(Auditor.class);

  /** Samples beyond these at once are dropped. */
  private static final int IN_FLIGHT = 1000;

  /** How long a stale answer is watched. */
  private static final Duration LONGEST_WATCH = Duration.ofMinutes(1);

  private final CellReads cells;
  private final AccountStore store;
  private final RateLimitedSampler sampler;
  private final Duration grace;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer;
  private final AuditMetrics metrics;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);

  /**
   * @param cells the cells as readers see them
   * @param perSecond most samples, and reads of the store, in a second; 1 or more
   * @param grace no shorter than the longest time from a commit to its acknowledgement
   * @param timeout longest time for one call
   * @param timer waits; must not be blocked
   */
  public Auditor(
      CellReads cells,
      AccountStore store,
      int perSecond,
      Duration grace,
      Duration timeout,
      LongSupplier nanoTime,
      ScheduledExecutorService timer,
      AuditMetrics metrics) {
    this.cells = cells;
    this.store = store;
    this.sampler = new RateLimitedSampler(perSecond, nanoTime);
    this.timeout = timeout;
    this.nanoTime = nanoTime;
    this.grace = grace;
    this.timer = timer;
    this.metrics = metrics;
  }

  @Override
  public void answered(ReadOptions options, EntityKey<?> key, ReadResult<?> result) {
    if (options.consistency() == Consistency.FRESH && result.source() == Source.CACHE) {
      offer(key, result.lookup().revision());
    }
  }

  /** Compares a cached answer with the store, if the sampling rate allows it. */
  void offer(EntityKey<?> key, Revision answered) {
    if (!sampler.admits()) {
      return;
    }
    if (!inFlight.tryAcquire()) {
      metrics.dropped();
      return;
    }
    var unused = compared(key, answered).whenComplete((nothing, failure) -> ended(failure));
  }

  private void ended(@Nullable Throwable failure) {
    inFlight.release();
    if (failure != null) {
      log.debug("sample dropped", failure);
      metrics.dropped();
    }
  }

  private CompletableFuture<Void> compared(EntityKey<?> key, Revision answered) {
    return store
        .read(List.of(key), CallScope.of(timeout))
        .thenCompose(lookups -> {
          metrics.sampled();
          Revision stored = lookups.get(key).revision();
          return answered.isBefore(stored)
              ? new Suspect(key, stored).watch()
              : CompletableFuture.completedFuture(null);
        });
  }

  /** A key whose cached answer was older than the store's, checked again step by step. */
  private final class Suspect {

    private final EntityKey<?> key;
    private final Revision stored;
    private final long since = nanoTime.getAsLong();
    private boolean found;

    Suspect(EntityKey<?> key, Revision stored) {
      this.key = key;
      this.stored = stored;
    }

    CompletableFuture<Void> watch() {
      return Futures.after(grace, timer)
          .thenCompose(waited -> cells.lookUp(key, CallScope.of(timeout)))
          .thenCompose(this::judged);
    }

    /** A key that is no longer a hit is answered from the store, and so is not stale. */
    private CompletableFuture<Void> judged(Sighting sighting) {
      Duration age = Duration.ofNanos(nanoTime.getAsLong() - since);
      boolean stale =
          sighting instanceof Sighting.Hit hit && hit.lookup().revision().isBefore(stored);
      if (stale && !found) {
        report(age);
      }
      if (stale && age.compareTo(LONGEST_WATCH) < 0) {
        return watch();
      }
      if (found) {
        metrics.staleFor(age);
      }
      return CompletableFuture.completedFuture(null);
    }

    private void report(Duration age) {
      found = true;
      metrics.stale();
      log.warn(
          "stale: the cache answers an older revision than {}, {} after the store", stored, age);
    }
  }
}
