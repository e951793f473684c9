package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.store.AccountStore;
import accounts.store.Lookups;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Reads from the store what the cache does not have, and fills the cache with it. What many want at
 * once is read once: in this instance by coalescing, over all instances by leases. A stamp is
 * always seen before the store is read.
 */
final class Loader {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final AccountCache cache;
  private final AccountStore store;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer;
  private final Coalescer<EntityKey<?>, Reading<?>> coalescer;

  /**
   * @param patience how long a shared load may take, whoever waits for it
   */
  Loader(
      AccountCache cache,
      AccountStore store,
      Duration patience,
      LongSupplier nanoTime,
      ScheduledExecutorService timer,
      Coalescer<EntityKey<?>, Reading<?>> coalescer) {
    this.cache = cache;
    this.store = store;
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.timer = timer;
    this.coalescer = coalescer;
  }

  /**
   * Looks one key up, in the cache and if need be in the store, shared with others who want it.
   *
   * @param came when the caller came
   */
  CompletableFuture<Reading<?>> loadShared(EntityKey<?> key, long came, CallScope scope) {
    // Twice: the caller may have to wait for a load that began before it came, and then for its
    // own.
    return scope
        .run(patience.multipliedBy(2), time -> coalescer.load(key, came, () -> load(key).look()))
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(reason(failure, scope)));
  }

  private SharedLoad load(EntityKey<?> key) {
    return new SharedLoad(key, cache, this, nanoTime, timer, CallScope.of(patience));
  }

  /**
   * The cache has a bound of its own: unless it was the caller's time that ran out, it is the store
   * that took too long.
   */
  private static Throwable reason(Throwable failure, CallScope scope) {
    if (!(failure instanceof TimeoutException)
        && !(failure.getCause() instanceof TimeoutException)) {
      return failure;
    }
    return scope.isOver()
        ? new CancellationException("the caller's time is over")
        : new AccountException(new StoreUnavailable(RETRY_AFTER), failure);
  }

  /** Loads several keys by one read of the store. */
  CompletableFuture<Map<EntityKey<?>, Reading<?>>> loadAll(
      Map<EntityKey<?>, CacheAnswer> answers, CallScope scope) {
    Map<EntityKey<?>, CompletableFuture<Stamp>> stamps = new HashMap<>();
    answers.forEach((key, answer) -> stamps.put(key, stamp(key, answer, scope)));
    return CompletableFuture.allOf(stamps.values().toArray(CompletableFuture<?>[]::new))
        .thenCompose(done -> {
          Map<EntityKey<?>, Stamp> known = new HashMap<>();
          stamps.forEach((key, stamp) -> known.put(key, stamp.resultNow()));
          return read(answers.keySet(), known, scope);
        })
        .thenApply(readings -> {
          readings.forEach((key, reading) -> fill(key, reading));
          return readings;
        });
  }

  /** Returns what a key may be filled under; starts a generation where it has none. */
  private CompletableFuture<Stamp> stamp(EntityKey<?> key, CacheAnswer answer, CallScope scope) {
    return switch (answer) {
      case CacheAnswer.Hit hit -> CompletableFuture.completedFuture(hit.stamp());
      case CacheAnswer.Miss miss when !miss.stamp().isAbsent() ->
          CompletableFuture.completedFuture(miss.stamp());
      case CacheAnswer.Miss miss ->
          cache
              .start(key, miss.stamp(), scope)
              .thenApply(
                  start -> start instanceof Advance.Alone alone ? alone.stamp() : Stamp.NONE);
      case CacheAnswer.Unavailable unavailable -> CompletableFuture.completedFuture(Stamp.NONE);
    };
  }

  /**
   * Reads the store. The stamps, by which the cache may be filled with the result, were seen
   * before.
   */
  CompletableFuture<Map<EntityKey<?>, Reading<?>>> read(
      Collection<EntityKey<?>> keys, Map<EntityKey<?>, Stamp> stamps, CallScope scope) {
    // Taken before the read begins: the answer is at least as new as this moment, and may be no
    // newer.
    long began = nanoTime.getAsLong();
    return store
        .read(keys, scope)
        .thenApply(lookups -> {
          Map<EntityKey<?>, Reading<?>> readings = new HashMap<>();
          keys.forEach(key ->
              readings.put(
                  key, reading(lookups, key, began, stamps.getOrDefault(key, Stamp.NONE))));
          return readings;
        });
  }

  private static <E extends Entity> Reading<E> reading(
      Lookups lookups, EntityKey<E> key, long began, Stamp stamp) {
    return new Reading<>(lookups.get(key), Source.STORE, began, stamp);
  }

  /** Nobody waits for a fill: a lost one costs a miss. */
  void fill(EntityKey<?> key, Reading<?> reading) {
    if (!reading.stamp().isAbsent()) {
      var unused = cache.fill(key, reading.lookup(), reading.stamp(), CallScope.of(patience));
    }
  }
}
