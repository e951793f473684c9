package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.store.EpochStore;
import accounts.store.Epochs;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Raises the epochs of the keys' shards and waits until every lease on the epochs before has
 * lapsed. One raise is under way at a time, and all who come meanwhile share the next: with the
 * whole cache away every write is here, and the epochs are one item of the store.
 */
public final class EpochBarrier implements Barrier {

  private final EpochStore store;
  private final Duration patience;
  private final Executor afterWait;
  private @Nullable Raise running;
  private @Nullable Raise next;

  /** Its shards are guarded by the barrier until it begins. */
  private static final class Raise {
    final Set<Integer> shards = new HashSet<>();
    final CompletableFuture<Void> done = new CompletableFuture<>();
  }

  /**
   * @param patience longest time for one raise, whoever waits for it
   * @param wait the length of a lease, and a margin for clocks that do not run at the same rate
   */
  public EpochBarrier(EpochStore store, Duration patience, Duration wait) {
    this.store = store;
    this.patience = patience;
    this.afterWait = CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope) {
    Raise mine = joined(keys.stream().map(Epochs::shardOf).collect(Collectors.toSet()));
    beginNext();
    return scope.run(scope.remaining(), time -> mine.done.copy()).thenRunAsync(() -> {}, afterWait);
  }

  /** Returns the raise that begins after this moment. */
  private synchronized Raise joined(Set<Integer> shards) {
    Raise raise = next == null ? new Raise() : next;
    raise.shards.addAll(shards);
    next = raise;
    return raise;
  }

  /** Called without the lock: the store may answer at once. */
  private void beginNext() {
    Raise begun = begun();
    if (begun != null) {
      var unused =
          store
              .raise(begun.shards, CallScope.of(patience))
              .whenComplete((nothing, failure) -> ended(begun, failure));
    }
  }

  private synchronized @Nullable Raise begun() {
    if (running != null) {
      return null;
    }
    running = next;
    next = null;
    return running;
  }

  private void ended(Raise raise, @Nullable Throwable failure) {
    synchronized (this) {
      running = null;
    }
    beginNext();
    if (failure == null) {
      raise.done.complete(null);
    } else {
      raise.done.completeExceptionally(failure);
    }
  }
}
