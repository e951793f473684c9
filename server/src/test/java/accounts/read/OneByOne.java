package accounts.read;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import accounts.service.ReadResults;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads single keys as single keys, so that one test holds for {@code get} and {@code getAll}. */
record OneByOne(EntityReader delegate) implements EntityReader {

  @Override
  public CompletableFuture<ReadResults> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    return keys.size() == 1
        ? one(keys.iterator().next(), options, scope)
        : delegate.getAll(keys, options, scope);
  }

  private <E extends Entity> CompletableFuture<ReadResults> one(
      EntityKey<E> key, ReadOptions options, CallScope scope) {
    return delegate
        .get(key, options, scope)
        .thenApply(result -> new ReadResults(Map.of(key, result)));
  }
}
