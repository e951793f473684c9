package accounts.freshness;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.store.Notice;
import accounts.store.NoticeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leaves notices for writers of this instance that cannot reach the cache: requests to the
 * instances that run the repair to update cells. Requests within a short time share a notice. The
 * number of notices in flight is bounded; requests beyond it fail at once.
 */
public final class Notices {

  /** The most keys in a notice. */
  private static final int MAX_KEYS = 100;

  /** The most notices in flight. */
  private static final int MAX_NOTICES = 64;

  /** How long a notice is kept open for further writers. */
  private static final Duration GATHERING = Duration.ofMillis(50);

  /** How often a notice is checked for being done. */
  private static final Duration POLL = Duration.ofMillis(100);

  /** How long to wait for a notice to be done. */
  private static final Duration LIMIT = Duration.ofMillis(2500);

  private final NoticeStore store;
  private final Supplier<String> ids;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer;

  // Guarded by this.
  private @Nullable Gathering open;
  private int waiting;

  /**
   * @param ids unique names for notices
   * @param nanoTime nanoseconds from any origin
   * @param timer must not be blocked
   */
  public Notices(
      NoticeStore store,
      Supplier<String> ids,
      LongSupplier nanoTime,
      ScheduledExecutorService timer) {
    this.store = store;
    this.ids = ids;
    this.nanoTime = nanoTime;
    this.timer = timer;
  }

  /**
   * Asks that the cells of some keys hold these revisions, later ones, or nothing.
   *
   * @return completes when that is so. Fails with {@link TimeoutException} if no instance did it in
   *     time, {@link RejectedExecutionException} if too many notices are in flight, or as the store
   *     does
   */
  public CompletableFuture<Void> leave(Map<EntityKey<?>, Revision> keys) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    keys.forEach((key, revision) -> done.add(add(key, revision)));
    return Futures.allOf(done);
  }

  private CompletableFuture<Void> add(EntityKey<?> key, Revision revision) {
    Gathering gathering;
    CompletableFuture<Void> done;
    try {
      synchronized (this) {
        gathering = gathering();
        gathering.keys.merge(key, revision, (one, other) -> one.isBefore(other) ? other : one);
        done = gathering.done.copy();
        if (gathering.keys.size() < MAX_KEYS) {
          return done;
        }
      }
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
    leave(gathering);
    return done;
  }

  // Called with the lock held.
  private Gathering gathering() {
    Gathering known = open;
    if (known != null) {
      return known;
    }
    if (waiting == MAX_NOTICES) {
      throw new RejectedExecutionException(waiting + " notices in flight (expected: fewer)");
    }
    Gathering begun = new Gathering();
    begun.timeUp = later(GATHERING, () -> leave(begun));
    open = begun;
    waiting++;
    return begun;
  }

  private ScheduledFuture<?> later(Duration pause, Runnable action) {
    return timer.schedule(action, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Leaves the collected notice, unless it was left already. */
  private void leave(Gathering gathering) {
    if (closes(gathering)) {
      new Waiting(new Notice(ids.get(), gathering.keys), gathering.done).begin();
    }
  }

  private synchronized boolean closes(Gathering gathering) {
    if (open != gathering) {
      return false;
    }
    open = null;
    ScheduledFuture<?> timeUp = gathering.timeUp;
    if (timeUp != null) {
      timeUp.cancel(false);
    }
    return true;
  }

  /** A notice that is still being collected. */
  private static final class Gathering {

    final Map<EntityKey<?>, Revision> keys = new HashMap<>();
    final CompletableFuture<Void> done = new CompletableFuture<>();
    @Nullable ScheduledFuture<?> timeUp;
  }

  /** A notice that was left and is not done yet. */
  private final class Waiting {

    private final Notice notice;
    private final CompletableFuture<Void> done;
    private final CallScope scope = CallScope.of(LIMIT, nanoTime);

    Waiting(Notice notice, CompletableFuture<Void> done) {
      this.notice = notice;
      this.done = done;
    }

    void begin() {
      var unused =
          store
              .leave(notice, scope)
              .whenComplete((left, failure) -> {
                if (failure == null) {
                  askLater();
                } else {
                  end(failure);
                }
              });
    }

    private void askLater() {
      try {
        var unused = later(POLL, this::ask);
      } catch (RejectedExecutionException e) {
        end(e); // the process ends
      }
    }

    /** A failed check is repeated: the next one may succeed. */
    private void ask() {
      var unused =
          store
              .isDone(notice.id(), scope)
              .whenComplete((isDone, failure) -> {
                if (failure == null && isDone) {
                  end(null);
                } else if (scope.isOver()) {
                  end(new TimeoutException("a notice of %d keys".formatted(notice.keys().size())));
                } else {
                  askLater();
                }
              });
    }

    private void end(@Nullable Throwable failure) {
      synchronized (Notices.this) {
        waiting--;
      }
      if (failure == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(failure);
      }
    }
  }
}
