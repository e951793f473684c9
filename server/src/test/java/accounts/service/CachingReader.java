package accounts.service;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.store.AccountStore;
import accounts.store.Lookups;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** An {@link EntityReader} for tests: keeps what it read until a {@link CommitListener} is told. */
final class CachingReader implements EntityReader {

  private final AccountStore store;
  private final Map<EntityKey<?>, ReadResult<?>> cached = new ConcurrentHashMap<>();

  /** As with the cache gone: everything is read from the store, and nothing kept. */
  volatile boolean cacheDown;

  /** What a read has seen: the revision under a key. */
  record Seen(EntityKey<?> key, Revision revision) implements Stamp {}

  CachingReader(AccountStore store) {
    this.store = store;
  }

  @Override
  public CompletableFuture<ReadResults> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    Map<EntityKey<?>, ReadResult<?>> hits = new ConcurrentHashMap<>(cached);
    hits.keySet().retainAll(keys);
    Set<EntityKey<?>> missing = new LinkedHashSet<>(keys);
    missing.removeAll(hits.keySet());
    return missing.isEmpty()
        ? CompletableFuture.completedFuture(new ReadResults(hits))
        : store
            .read(missing, scope)
            .thenApply(lookups -> {
              missing.forEach(key -> hits.put(key, loaded(key, lookups)));
              return new ReadResults(hits);
            });
  }

  private <E extends Entity> ReadResult<E> loaded(EntityKey<E> key, Lookups lookups) {
    ReadResult<E> result =
        new ReadResult<>(lookups.get(key), Source.STORE, 0, stamp(key, lookups.get(key)));
    if (!cacheDown) {
      cached.put(key, result.from(Source.CACHE));
    }
    return result;
  }

  private Stamp stamp(EntityKey<?> key, Lookup<?> lookup) {
    return cacheDown ? Stamp.NONE : new Seen(key, lookup.revision());
  }

  /** Keeps an answer that was just committed. */
  void put(EntityKey<?> key, Lookup<?> lookup) {
    if (!cacheDown) {
      cached.put(key, new ReadResult<>(lookup, Source.CACHE, 0, stamp(key, lookup)));
    }
  }

  /** Drops an answer that is older than a revision. */
  void require(EntityKey<?> key, Revision revision) {
    cached.computeIfPresent(
        key, (same, result) -> result.lookup().revision().isBefore(revision) ? null : result);
  }

  /** Drops an answer. */
  void drop(EntityKey<?> key) {
    cached.remove(key);
  }
}
