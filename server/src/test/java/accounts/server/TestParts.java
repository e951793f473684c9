package accounts.server;

import accounts.async.CallScope;
import accounts.freshness.Barrier;
import accounts.freshness.EpochLease;
import accounts.service.DirectoryBackfill;
import accounts.service.DirectoryObserver;
import accounts.store.AccountStore;
import accounts.store.DirectoryStore;
import accounts.store.FleetStateStore;
import accounts.store.Notice;
import accounts.store.NoticeStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The parts as they are, and what a test sees of them. For one server. */
class TestParts extends Parts {

  private final CompletableFuture<EpochLease> lease = new CompletableFuture<>();
  private final AtomicInteger notices = new AtomicInteger();
  private final AtomicInteger raises = new AtomicInteger();

  @Override
  EpochLease lease(Duration length, ScheduledExecutorService timer) {
    EpochLease made = super.lease(length, timer);
    lease.complete(made);
    return made;
  }

  /** Waits until the server goes by the cache. */
  void awaitLease() {
    boolean held =
        lease
            .join()
            .awaitView(Duration.ofSeconds(60))
            .orTimeout(90, TimeUnit.SECONDS)
            .join()
            .isPresent();
    if (!held) {
      throw new AssertionError("no lease on the epochs");
    }
  }

  /** Returns when the backfill makes a step: as good as never, so as not to disturb counts. */
  Duration backfillPause() {
    return Duration.ofDays(10_000);
  }

  @Override
  DirectoryBackfill backfill(
      AccountStore store,
      DirectoryStore directory,
      InstantSource clock,
      ScheduledExecutorService timer,
      DirectoryObserver observer) {
    return new DirectoryBackfill(
        store,
        directory,
        backfillPause().multipliedBy(5),
        backfillPause(),
        clock,
        timer,
        observer,
        System::nanoTime);
  }

  @Override
  Barrier barrier(Barrier barrier, FleetStateStore states) {
    return (keys, scope) -> {
      raises.incrementAndGet();
      return barrier.raise(keys, scope);
    };
  }

  /** Returns how many writes have raised epochs so far. */
  int raises() {
    return raises.get();
  }

  @Override
  NoticeStore notices(NoticeStore delegate) {
    return new NoticeStore() {
      @Override
      public CompletableFuture<Void> leave(Notice notice, CallScope scope) {
        notices.incrementAndGet();
        return delegate.leave(notice, scope);
      }

      @Override
      public CompletableFuture<Void> markDone(String id, CallScope scope) {
        return delegate.markDone(id, scope);
      }

      @Override
      public CompletableFuture<Boolean> isDone(String id, CallScope scope) {
        return delegate.isDone(id, scope);
      }
    };
  }

  /** Returns how many notices were left so far. */
  int notices() {
    return notices.get();
  }
}
