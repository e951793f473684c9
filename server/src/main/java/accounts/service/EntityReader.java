package accounts.service;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads entities; the port of the read path. */
public interface EntityReader {

  /**
   * Reads the answers to several keys. Never fails because of a cache; fails as the store does.
   *
   * @param keys at most 300; one that is given twice is read once
   * @return an answer for every key
   */
  CompletableFuture<ReadResults> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope);

  /** As {@link #getAll}, for one key: most reads are, and what they need no map for costs less. */
  default <E extends Entity> CompletableFuture<ReadResult<E>> get(
      EntityKey<E> key, ReadOptions options, CallScope scope) {
    return getAll(List.of(key), options, scope).thenApply(results -> results.get(key));
  }
}
