package accounts.cache.weakened;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.ForwardingCache;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import java.util.concurrent.CompletableFuture;

/** Takes a generation that was absent before a write for one that nobody moved. */
public record FilledAfterAbsentGeneration(AccountCache cache) implements ForwardingCache {

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    return seen.isAbsent() ? cache.start(key, seen, scope) : cache.advance(key, seen, scope);
  }
}
