package accounts.cache.weakened;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.CacheAnswer;
import accounts.cache.ForwardingCache;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Fills under the generation that the key has after the store was read. */
public record LateGeneration(AccountCache cache) implements ForwardingCache {

  @Override
  public CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    return cache
        .getAll(List.of(key), scope)
        .thenCompose(answers ->
            answers.get(key) instanceof CacheAnswer.Miss miss
                ? cache.fill(key, lookup, miss.stamp(), scope)
                : CompletableFuture.completedFuture(null));
  }
}
