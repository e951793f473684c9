package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.store.AccountStore;
import accounts.store.Lookups;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Looks in the cache, reads what is missing from the store, and fills the cache with it. All keys
 * of a call go to the cache in one round trip, and all misses to the store in one read.
 */
public final class ReadAside implements AccountReads {

  private final AccountCache cache;
  private final AccountStore store;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime measures ages, in nanoseconds from any origin
   */
  public ReadAside(AccountCache cache, AccountStore store, LongSupplier nanoTime) {
    this.cache = cache;
    this.store = store;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletableFuture<Readings> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    // Callers may ask for one thing twice; DynamoDB refuses such a batch.
    Set<EntityKey<?>> distinct = Set.copyOf(keys);
    if (options.consistency() == Consistency.STORE) {
      return fromStore(distinct, Map.of(), scope).thenApply(Readings::new);
    }
    long began = nanoTime.getAsLong();
    return cache
        .getAll(distinct, scope)
        .thenCompose(answers -> complete(answers, options, began, scope));
  }

  /** Adds to the cache's hits what the store says of the rest. */
  private CompletableFuture<Readings> complete(
      Map<EntityKey<?>, CacheAnswer> answers, ReadOptions options, long began, CallScope scope) {
    Map<EntityKey<?>, Reading<?>> readings = new HashMap<>();
    Map<EntityKey<?>, CacheAnswer> rest = new HashMap<>();
    answers.forEach((key, answer) -> {
      if (answer instanceof CacheAnswer.Hit hit
          && !hit.lookup().revision().isBefore(options.minRevision())) {
        readings.put(
            key, new Reading<>(hit.lookup(), Source.CACHE, since(began), hit.generation()));
      } else {
        rest.put(key, answer);
      }
    });
    if (rest.isEmpty()) {
      return CompletableFuture.completedFuture(new Readings(readings));
    }
    return load(rest, scope)
        .thenApply(loaded -> {
          readings.putAll(loaded);
          return new Readings(readings);
        });
  }

  /** Reads the store, knowing the generation of each key beforehand, and fills the cache. */
  private CompletableFuture<Map<EntityKey<?>, Reading<?>>> load(
      Map<EntityKey<?>, CacheAnswer> answers, CallScope scope) {
    return generations(answers, scope)
        .thenCompose(generations -> fromStore(answers.keySet(), generations, scope))
        .thenApply(readings -> {
          readings.forEach((key, reading) -> fill(key, reading, scope));
          return readings;
        });
  }

  /**
   * Returns the generations that answers may be filled for; starts one where the cache has none.
   */
  private CompletableFuture<Map<EntityKey<?>, Generation>> generations(
      Map<EntityKey<?>, CacheAnswer> answers, CallScope scope) {
    Map<EntityKey<?>, CompletableFuture<Generation>> generations = new HashMap<>();
    answers.forEach((key, answer) -> generations.put(key, generation(key, answer, scope)));
    return allOf(generations.values())
        .thenApply(done -> {
          Map<EntityKey<?>, Generation> known = new HashMap<>();
          generations.forEach((key, generation) -> known.put(key, generation.resultNow()));
          return known;
        });
  }

  private CompletableFuture<Generation> generation(
      EntityKey<?> key, CacheAnswer answer, CallScope scope) {
    return switch (answer) {
      case CacheAnswer.Hit hit -> CompletableFuture.completedFuture(hit.generation());
      case CacheAnswer.Miss miss when !miss.generation().equals(Generation.NONE) ->
          CompletableFuture.completedFuture(miss.generation());
      case CacheAnswer.Miss ignored ->
          cache.advance(key, Generation.NONE, scope).thenApply(ReadAside::startedGeneration);
      case CacheAnswer.Unavailable ignored -> CompletableFuture.completedFuture(Generation.NONE);
    };
  }

  private static Generation startedGeneration(Advance advance) {
    return advance instanceof Advance.Alone alone ? alone.generation() : Generation.NONE;
  }

  private CompletableFuture<Map<EntityKey<?>, Reading<?>>> fromStore(
      Collection<EntityKey<?>> keys, Map<EntityKey<?>, Generation> generations, CallScope scope) {
    // Taken before the read begins: the answer is at least as new as this moment, and may be no
    // newer.
    long began = nanoTime.getAsLong();
    return store
        .read(keys, scope)
        .thenApply(lookups -> {
          Duration age = since(began);
          Map<EntityKey<?>, Reading<?>> readings = new HashMap<>();
          keys.forEach(key ->
              readings.put(
                  key, reading(lookups, key, age, generations.getOrDefault(key, Generation.NONE))));
          return readings;
        });
  }

  private static <E extends Entity> Reading<E> reading(
      Lookups lookups, EntityKey<E> key, Duration age, Generation generation) {
    return new Reading<>(lookups.get(key), Source.STORE, age, generation);
  }

  /** Nobody waits for a fill: a lost one costs a miss. */
  private void fill(EntityKey<?> key, Reading<?> reading, CallScope scope) {
    if (!reading.generation().equals(Generation.NONE)) {
      var unused = cache.fill(key, reading.lookup(), reading.generation(), scope);
    }
  }

  @Override
  public CompletableFuture<Void> written(
      Map<EntityKey<?>, Lookup<?>> written, Readings seen, CallScope scope) {
    List<CompletableFuture<Void>> updates =
        written.entrySet().stream()
            .map(entry -> written(entry.getKey(), entry.getValue(), seen, scope))
            .toList();
    return allOf(updates);
  }

  /**
   * Moves the generation on, and fills in the new answer if nobody else moved it since before the
   * commit: then no other write was acknowledged in between, and the answer is the newest. A
   * generation that was absent proves nothing: another write may have moved it on and the cache may
   * have lost it since.
   */
  private CompletableFuture<Void> written(
      EntityKey<?> key, Lookup<?> answer, Readings seen, CallScope scope) {
    Generation before = seen.get(key).generation();
    return cache
        .advance(key, before, scope)
        .thenCompose(advance ->
            advance instanceof Advance.Alone alone && !before.equals(Generation.NONE)
                ? cache.fill(key, answer, alone.generation(), scope)
                : CompletableFuture.completedFuture(null));
  }

  @Override
  public CompletableFuture<Void> rewritten(Collection<EntityKey<?>> keys, CallScope scope) {
    return allOf(keys.stream().map(key -> cache.advance(key, Generation.NONE, scope)).toList());
  }

  private Duration since(long began) {
    return Duration.ofNanos(nanoTime.getAsLong() - began);
  }

  private static CompletableFuture<Void> allOf(Collection<? extends CompletableFuture<?>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
  }
}
