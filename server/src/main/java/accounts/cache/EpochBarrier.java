package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.store.EpochStore;
import accounts.store.Epochs;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Raises the epochs of the keys' shards and waits until every lease on the epochs before has
 * lapsed.
 */
public final class EpochBarrier implements Barrier {

  private final EpochStore store;
  private final Executor afterWait;

  /**
   * @param wait the length of a lease, and a margin for clocks that do not run at the same rate
   */
  public EpochBarrier(EpochStore store, Duration wait) {
    this.store = store;
    this.afterWait = CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope) {
    Set<Integer> shards = keys.stream().map(Epochs::shardOf).collect(Collectors.toSet());
    return store.raise(shards, scope).thenRunAsync(() -> {}, afterWait);
  }
}
