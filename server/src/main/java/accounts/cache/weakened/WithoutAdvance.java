package accounts.cache.weakened;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import java.util.concurrent.CompletableFuture;

/** Leaves the generation where it is after a commit. */
public final class WithoutAdvance extends ForwardingCache {

  public WithoutAdvance(AccountCache cache) {
    super(cache);
  }

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    return CompletableFuture.completedFuture(new Advance.Together());
  }
}
