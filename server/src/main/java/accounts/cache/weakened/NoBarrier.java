package accounts.cache.weakened;

import accounts.async.CallScope;
import accounts.cache.Barrier;
import accounts.domain.EntityKey;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Lets a write be acknowledged that the cache did not hear of. */
public final class NoBarrier implements Barrier {

  @Override
  public CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope) {
    return CompletableFuture.completedFuture(null);
  }
}
