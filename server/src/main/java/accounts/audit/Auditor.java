package accounts.audit;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.CacheAnswer;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.store.AccountStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a sample of cached answers with the store, by one read of the store each. An older
 * answer than the store's is no fault yet: its write may not have been acknowledged. If the cache
 * still gives it when every write that was under way has been acknowledged or has failed, it is
 * stale. The cache alone is asked then, so no sample costs a second read of the store.
 */
public final class Auditor {

  private static final Logger log = LoggerFactory.getLogger(Auditor.class);

  /** Samples beyond these at once are dropped. */
  private static final int UNDER_WAY = 1000;

  /** How long a stale answer is watched. */
  private static final Duration LONGEST_WATCH = Duration.ofMinutes(1);

  private final AccountCache cache;
  private final AccountStore store;
  private final Pace pace;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private final Executor afterGrace;
  private final AuditMetrics metrics;
  private final Semaphore underWay = new Semaphore(UNDER_WAY);

  /**
   * @param cache as reads go by it
   * @param perSecond most samples, and reads of the store, in a second; 1 or more
   * @param grace no shorter than the longest time from a commit to its acknowledgement
   * @param patience longest time for one call
   * @param timer waits; must not be blocked
   */
  public Auditor(
      AccountCache cache,
      AccountStore store,
      int perSecond,
      Duration grace,
      Duration patience,
      LongSupplier nanoTime,
      ScheduledExecutorService timer,
      AuditMetrics metrics) {
    this.cache = cache;
    this.store = store;
    this.pace = new Pace(perSecond, nanoTime);
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.afterGrace =
        CompletableFuture.delayedExecutor(grace.toNanos(), TimeUnit.NANOSECONDS, timer);
    this.metrics = metrics;
  }

  /** Looks into a cached answer, if it is time for a sample. */
  void offer(EntityKey<?> key, Revision answered) {
    if (!pace.admits()) {
      return;
    }
    if (!underWay.tryAcquire()) {
      metrics.dropped();
      return;
    }
    var unused = compared(key, answered).whenComplete((nothing, failure) -> ended(failure));
  }

  private void ended(@Nullable Throwable failure) {
    underWay.release();
    if (failure != null) {
      log.debug("sample dropped", failure);
      metrics.dropped();
    }
  }

  private CompletableFuture<Void> compared(EntityKey<?> key, Revision answered) {
    return store
        .read(List.of(key), CallScope.of(patience))
        .thenCompose(lookups -> {
          metrics.sampled();
          Revision stored = lookups.get(key).revision();
          return answered.isBefore(stored)
              ? new Suspect(key, stored).watch()
              : CompletableFuture.completedFuture(null);
        });
  }

  /** A key whose cached answer was older than the store's. Its steps follow each other. */
  private final class Suspect {

    private final EntityKey<?> key;
    private final Revision stored;
    private final long since = nanoTime.getAsLong();
    private boolean convicted;

    Suspect(EntityKey<?> key, Revision stored) {
      this.key = key;
      this.stored = stored;
    }

    CompletableFuture<Void> watch() {
      return CompletableFuture.runAsync(() -> {}, afterGrace)
          .thenCompose(waited -> cache.getAll(List.of(key), CallScope.of(patience)))
          .thenCompose(answers -> judged(answers.get(key)));
    }

    /** What is no hit is answered from the store, and so not stale. */
    private CompletableFuture<Void> judged(@Nullable CacheAnswer answer) {
      Duration age = Duration.ofNanos(nanoTime.getAsLong() - since);
      boolean stale =
          answer instanceof CacheAnswer.Hit hit && hit.lookup().revision().isBefore(stored);
      if (stale && !convicted) {
        convict(age);
      }
      if (stale && age.compareTo(LONGEST_WATCH) < 0) {
        return watch();
      }
      if (convicted) {
        metrics.staleFor(age);
      }
      return CompletableFuture.completedFuture(null);
    }

    private void convict(Duration age) {
      convicted = true;
      metrics.stale();
      log.warn(
          "stale: the cache answers an older revision than {}, {} after the store", stored, age);
    }
  }
}
