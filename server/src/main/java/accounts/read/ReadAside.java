package accounts.read;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.freshness.CellReads;
import accounts.freshness.Sighting;
import accounts.service.Consistency;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.service.Source;
import accounts.store.AccountStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * The read-aside reader: looks keys up in the cache and loads misses from the store. All keys of a
 * call go to the cache in one round trip, and all misses to the store in one read.
 */
public final class ReadAside implements EntityReader {

  private final CellReads cells;
  private final Loader loader;
  private final LongSupplier nanoTime;

  /**
   * @param storeTimeout the longest time for a read of the store
   * @param cacheTimeout the longest time for a call of the cache; a load that several callers share
   *     takes as long as it may need of both
   * @param nanoTime dates answers, in nanoseconds from any origin
   * @param timer waits for what other instances load; must not be blocked
   * @param coalescer by the same clock
   */
  public ReadAside(
      CellReads cells,
      AccountStore store,
      Duration storeTimeout,
      Duration cacheTimeout,
      LongSupplier nanoTime,
      ScheduledExecutorService timer,
      Coalescer<EntityKey<?>, ReadResult<?>> coalescer,
      ReadObserver observer) {
    this.cells = cells;
    this.loader =
        new Loader(cells, store, storeTimeout, cacheTimeout, nanoTime, timer, coalescer, observer);
    this.nanoTime = nanoTime;
  }

  @Override
  @SuppressWarnings("unchecked") // an answer is of its key's kind
  public <E extends Entity> CompletableFuture<ReadResult<E>> get(
      EntityKey<E> key, ReadOptions options, CallScope scope) {
    if (options.consistency() == Consistency.STORE) {
      return EntityReader.super.get(key, options, scope);
    }
    return (CompletableFuture<ReadResult<E>>)
        (CompletableFuture<?>) shared(key, options, nanoTime.getAsLong(), scope);
  }

  @Override
  public CompletableFuture<ReadResults> getAll(
      Collection<EntityKey<?>> asked, ReadOptions options, CallScope scope) {
    List<EntityKey<?>> keys = List.copyOf(new LinkedHashSet<>(asked));
    if (options.consistency() == Consistency.STORE) {
      return loader.read(keys, scope).thenApply(ReadResults::new);
    }
    long arrivedAt = nanoTime.getAsLong();
    return keys.size() == 1
        ? getOne(keys.getFirst(), options, arrivedAt, scope).thenApply(ReadResults::new)
        : cells
            .lookUpAll(keys, scope)
            .thenCompose(found -> complete(keys, found, options, arrivedAt, scope));
  }

  private CompletableFuture<Map<EntityKey<?>, ReadResult<?>>> getOne(
      EntityKey<?> key, ReadOptions options, long arrivedAt, CallScope scope) {
    return shared(key, options, arrivedAt, scope).thenApply(result -> Map.of(key, result));
  }

  /**
   * Single keys may be read by thousands at once, so they share lookups; {@code min_revision} is
   * checked for each caller separately.
   */
  private CompletableFuture<ReadResult<?>> shared(
      EntityKey<?> key, ReadOptions options, long arrivedAt, CallScope scope) {
    CompletableFuture<ReadResult<?>> shared = loader.loadShared(key, arrivedAt, scope);
    return options.minRevision().equals(Revision.NONE)
        ? shared
        : shared.thenCompose(result ->
            result.source() != Source.STORE && isBefore(result, options.minRevision())
                ? loader.read(Set.of(key), scope).thenApply(read -> read.get(key))
                : CompletableFuture.completedFuture(result));
  }

  private static boolean isBefore(ReadResult<?> result, Revision revision) {
    return result.lookup().revision().isBefore(revision);
  }

  /** Completes the cache's hits with loads of the misses. */
  private CompletableFuture<ReadResults> complete(
      List<EntityKey<?>> keys,
      List<Sighting> found,
      ReadOptions options,
      long arrivedAt,
      CallScope scope) {
    Map<EntityKey<?>, ReadResult<?>> results = HashMap.newHashMap(keys.size());
    Map<EntityKey<?>, Sighting> missing = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (found.get(i) instanceof Sighting.Hit hit
          && !hit.lookup().revision().isBefore(options.minRevision())) {
        results.put(
            keys.get(i), new ReadResult<>(hit.lookup(), Source.CACHE, arrivedAt, hit.stamp()));
      } else {
        missing.put(keys.get(i), found.get(i));
      }
    }
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(new ReadResults(results));
    }
    return load(missing, options, arrivedAt, scope)
        .thenApply(loaded -> {
          results.putAll(loaded);
          return new ReadResults(results);
        });
  }

  /** A batch's only miss, such as an expired hot key, may be wanted by many others, too. */
  private CompletableFuture<Map<EntityKey<?>, ReadResult<?>>> load(
      Map<EntityKey<?>, Sighting> missing, ReadOptions options, long arrivedAt, CallScope scope) {
    return missing.size() == 1
        ? getOne(missing.keySet().iterator().next(), options, arrivedAt, scope)
        : loader.loadAll(missing, scope);
  }
}
