package accounts.cache.weakened;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.ForwardingCache;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import java.util.concurrent.CompletableFuture;

/** Leaves the generation where it is after a commit. */
public record WithoutAdvance(AccountCache cache) implements ForwardingCache {

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    return CompletableFuture.completedFuture(new Advance.Together());
  }
}
