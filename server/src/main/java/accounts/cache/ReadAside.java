package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.store.AccountStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * Looks in the cache, has what is missing loaded from the store, and tells the cache of writes. All
 * keys of a call go to the cache in one round trip, and all misses to the store in one read.
 */
public final class ReadAside implements AccountReads {

  private final AccountCache cache;
  private final Loader loader;
  private final Barrier barrier;
  private final LongSupplier nanoTime;

  /**
   * @param barrier for writes that the cache does not hear of
   * @param storeTimeout the longest time for a read of the store
   * @param cacheTimeout the longest time for a call of the cache; a load that several callers share
   *     takes as long as it may need of both
   * @param nanoTime dates answers, in nanoseconds from any origin
   * @param timer waits for what other instances load; must not be blocked
   * @param coalescer by the same clock
   */
  public ReadAside(
      AccountCache cache,
      AccountStore store,
      Barrier barrier,
      Duration storeTimeout,
      Duration cacheTimeout,
      LongSupplier nanoTime,
      ScheduledExecutorService timer,
      Coalescer<EntityKey<?>, Reading<?>> coalescer) {
    this.cache = cache;
    this.loader =
        new Loader(
            cache,
            store,
            SharedLoad.longest(storeTimeout, cacheTimeout),
            nanoTime,
            timer,
            coalescer);
    this.barrier = barrier;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletableFuture<Readings> getAll(
      Collection<EntityKey<?>> asked, ReadOptions options, CallScope scope) {
    Set<EntityKey<?>> keys = new LinkedHashSet<>(asked);
    if (options.consistency() == Consistency.STORE) {
      return loader.read(keys, Map.of(), scope).thenApply(Readings::new);
    }
    long came = nanoTime.getAsLong();
    return keys.size() == 1
        ? getOne(keys.iterator().next(), options, came, scope)
        : cache.getAll(keys, scope).thenCompose(answers -> complete(answers, options, came, scope));
  }

  /** What is asked for one by one may be wanted by thousands: they share their looks. */
  private CompletableFuture<Readings> getOne(
      EntityKey<?> key, ReadOptions options, long came, CallScope scope) {
    return loader
        .loadShared(key, came, scope)
        .thenCompose(reading -> recent(key, reading, options, scope))
        .thenApply(Readings::new);
  }

  /** Those who share a look do not know of each other's min_revision. */
  private CompletableFuture<Map<EntityKey<?>, Reading<?>>> recent(
      EntityKey<?> key, Reading<?> reading, ReadOptions options, CallScope scope) {
    return reading.source() != Source.STORE
            && reading.lookup().revision().isBefore(options.minRevision())
        ? loader.loadAll(Map.of(key, new CacheAnswer.Hit(reading.lookup(), reading.stamp())), scope)
        : CompletableFuture.completedFuture(Map.of(key, reading));
  }

  /** Adds to the cache's hits what the store says of the rest. */
  private CompletableFuture<Readings> complete(
      Map<EntityKey<?>, CacheAnswer> answers, ReadOptions options, long came, CallScope scope) {
    Map<EntityKey<?>, Reading<?>> readings = new HashMap<>();
    Map<EntityKey<?>, CacheAnswer> rest = new HashMap<>();
    answers.forEach((key, answer) -> {
      if (answer instanceof CacheAnswer.Hit hit
          && !hit.lookup().revision().isBefore(options.minRevision())) {
        readings.put(key, new Reading<>(hit.lookup(), Source.CACHE, came, hit.stamp()));
      } else {
        rest.put(key, answer);
      }
    });
    if (rest.isEmpty()) {
      return CompletableFuture.completedFuture(new Readings(readings));
    }
    return load(rest, options, came, scope)
        .thenApply(loaded -> {
          readings.putAll(loaded);
          return new Readings(readings);
        });
  }

  /** What a batch lacks alone, such as a hot key that expired, may be wanted by many, too. */
  private CompletableFuture<Map<EntityKey<?>, Reading<?>>> load(
      Map<EntityKey<?>, CacheAnswer> rest, ReadOptions options, long came, CallScope scope) {
    Entry<EntityKey<?>, CacheAnswer> first = rest.entrySet().iterator().next();
    return rest.size() == 1 && first.getValue() instanceof CacheAnswer.Miss
        ? loader
            .loadShared(first.getKey(), came, scope)
            .thenCompose(reading -> recent(first.getKey(), reading, options, scope))
        : loader.loadAll(rest, scope);
  }

  @Override
  public CompletableFuture<Void> written(
      Map<EntityKey<?>, Lookup<?>> written, Readings seen, CallScope scope) {
    Map<EntityKey<?>, CompletableFuture<Advance>> advances = new HashMap<>();
    written.forEach((key, answer) ->
        advances.put(
            key,
            cache
                .advance(key, seen.get(key).stamp(), scope)
                .thenApply(advance -> filled(key, answer, advance, scope))));
    return settled(advances, scope);
  }

  /**
   * Where nobody else moved the generation since before the commit, the new answer is the newest.
   */
  private Advance filled(EntityKey<?> key, Lookup<?> answer, Advance advance, CallScope scope) {
    if (advance instanceof Advance.Alone alone) {
      var unused = cache.fill(key, answer, alone.stamp(), scope);
    }
    return advance;
  }

  @Override
  public CompletableFuture<Void> rewritten(Collection<EntityKey<?>> keys, CallScope scope) {
    return settled(advanced(keys, scope), scope);
  }

  private Map<EntityKey<?>, CompletableFuture<Advance>> advanced(
      Collection<EntityKey<?>> keys, CallScope scope) {
    Map<EntityKey<?>, CompletableFuture<Advance>> advances = new HashMap<>();
    keys.forEach(key -> advances.put(key, cache.advance(key, Stamp.NONE, scope)));
    return advances;
  }

  /** Raises the barrier for the keys whose generations are not known to have moved. */
  private CompletableFuture<Void> settled(
      Map<EntityKey<?>, CompletableFuture<Advance>> advances, CallScope scope) {
    return allOf(advances)
        .thenCompose(done -> {
          List<EntityKey<?>> unknown = unavailable(advances);
          return unknown.isEmpty()
              ? CompletableFuture.completedFuture(null)
              : barrier.raise(unknown, scope);
        });
  }

  private static CompletableFuture<Void> allOf(
      Map<EntityKey<?>, CompletableFuture<Advance>> advances) {
    return CompletableFuture.allOf(advances.values().toArray(CompletableFuture<?>[]::new));
  }

  private static List<EntityKey<?>> unavailable(
      Map<EntityKey<?>, CompletableFuture<Advance>> advances) {
    return advances.entrySet().stream()
        .filter(entry -> entry.getValue().resultNow() instanceof Advance.Unavailable)
        .<EntityKey<?>>map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public CompletableFuture<Void> doubted(Collection<EntityKey<?>> keys, CallScope scope) {
    return allOf(advanced(keys, scope));
  }
}
