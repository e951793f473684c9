package accounts.read;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.async.Trace;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.freshness.CellReads;
import accounts.freshness.Claim;
import accounts.freshness.Sighting;
import accounts.service.ReadResult;
import accounts.service.Source;
import accounts.service.Stamp;
import accounts.store.AccountStore;
import accounts.store.Lookups;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads misses from the store and fills the cache. Concurrent loads of one key are read once:
 * within the instance by coalescing, across instances by claims.
 */
final class Loader {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final CellReads cells;
  private final AccountStore store;
  private final Duration longestRead;

  /** The longest time for a shared load, whatever its callers' deadlines. */
  private final Duration timeout;

  /** A caller may have to wait for a load that began before it arrived, and then for its own. */
  private final Duration callersTime;

  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer;
  private final Coalescer<EntityKey<?>, ReadResult<?>> coalescer;
  private final ReadObserver observer;

  /**
   * @param storeTimeout the longest time for a read of the store
   * @param cacheTimeout the longest time for a call of the cache
   */
  Loader(
      CellReads cells,
      AccountStore store,
      Duration storeTimeout,
      Duration cacheTimeout,
      LongSupplier nanoTime,
      ScheduledExecutorService timer,
      Coalescer<EntityKey<?>, ReadResult<?>> coalescer,
      ReadObserver observer) {
    this.cells = cells;
    this.store = store;
    this.longestRead = storeTimeout;
    this.timeout = SharedLoad.longest(storeTimeout, cacheTimeout);
    this.callersTime = timeout.multipliedBy(2);
    this.nanoTime = nanoTime;
    this.timer = timer;
    this.coalescer = coalescer;
    this.observer = observer;
  }

  /**
   * Looks one key up in the cache and, on a miss, in the store; concurrent lookups of the key are
   * shared.
   *
   * @param arrivedAt when the caller arrived
   */
  CompletableFuture<ReadResult<?>> loadShared(EntityKey<?> key, long arrivedAt, CallScope scope) {
    return Futures.mapFailure(
        scope.step("load", own -> loadOrJoin(key, arrivedAt, own)),
        failure -> reason(failure, scope));
  }

  /** A load is part of the trace of the caller that began it. */
  private CompletableFuture<ReadResult<?>> loadOrJoin(
      EntityKey<?> key, long arrivedAt, CallScope scope) {
    Trace trace = scope.trace();
    trace.note("accounts.load", "joined"); // unless it is begun here
    return scope.run(
        callersTime,
        time -> coalescer.load(key, arrivedAt, trace, () -> load(key, trace).lookUp()));
  }

  private SharedLoad load(EntityKey<?> key, Trace trace) {
    trace.note("accounts.load", "led");
    return new SharedLoad(
        key, cells, this, nanoTime, timer, observer, longestRead, CallScope.of(timeout, trace));
  }

  /**
   * If time ran out although the caller had some left, the load timed out: in a call of the store,
   * or in the queue before it. Cache calls have timeouts of their own.
   */
  private static Throwable reason(Throwable failure, CallScope scope) {
    if (!(failure instanceof TimeoutException) && !(failure instanceof CancellationException)) {
      return failure;
    }
    return scope.isOver()
        ? new CancellationException("the caller's time is over")
        : new AccountException(new StoreUnavailable(RETRY_AFTER), failure);
  }

  /** Loads several keys by one read of the store, and fills those that it could claim. */
  CompletableFuture<Map<EntityKey<?>, ReadResult<?>>> loadAll(
      Map<EntityKey<?>, Sighting> missing, CallScope scope) {
    Map<EntityKey<?>, CompletableFuture<Claim>> claims = new HashMap<>();
    missing.forEach((key, sighting) -> claims.put(key, claim(sighting, scope)));
    return Futures.allOf(claims)
        .thenCompose(claimed ->
            read(missing.keySet(), scope)
                .whenComplete((results, failure) ->
                    claimed.values().forEach(c -> end(c, failure, scope.trace())))
                .thenApply(results -> {
                  claimed.forEach((key, claim) ->
                      results.computeIfPresent(
                          key, (k, result) -> filled(claim, result, scope.trace())));
                  return results;
                }));
  }

  private CompletableFuture<Claim> claim(Sighting sighting, CallScope scope) {
    return switch (sighting) {
      case Sighting.Free free -> cells.claim(free, scope);
      case Sighting.Hit hit -> cells.claim(hit.free(), scope);
      case Sighting.BeingLoaded loading -> CompletableFuture.completedFuture(new Claim.Lost());
      case Sighting.Unavailable unavailable ->
          CompletableFuture.completedFuture(new Claim.Unavailable());
    };
  }

  /** Reads one key from the store under a claim, and fills the cache. */
  CompletableFuture<ReadResult<?>> readAndFill(EntityKey<?> key, Claim claim, CallScope scope) {
    return read(List.of(key), scope)
        .whenComplete((results, failure) -> end(claim, failure, scope.trace()))
        .thenApply(results -> filled(claim, results.values().iterator().next(), scope.trace()));
  }

  /** Releases a claim that will not be filled, since others would wait for it. */
  private void end(Claim claim, @Nullable Throwable failure, Trace trace) {
    if (failure != null && claim instanceof Claim.Won won) {
      cells.abandon(won, CallScope.of(timeout, trace));
    }
  }

  private ReadResult<?> filled(Claim claim, ReadResult<?> result, Trace trace) {
    return claim instanceof Claim.Won won
        ? result.withStamp(cells.fill(won, result.lookup(), CallScope.of(timeout, trace)))
        : result;
  }

  /** Reads keys from the store only, without the cache. */
  CompletableFuture<Map<EntityKey<?>, ReadResult<?>>> read(
      Collection<EntityKey<?>> keys, CallScope scope) {
    // Taken before the read begins: the answer is at least as new as this moment, and may be no
    // newer.
    long began = nanoTime.getAsLong();
    return store
        .read(keys, scope)
        .thenApply(lookups -> {
          Map<EntityKey<?>, ReadResult<?>> results = new HashMap<>();
          keys.forEach(key -> results.put(key, result(lookups, key, began)));
          return results;
        });
  }

  private static <E extends Entity> ReadResult<E> result(
      Lookups lookups, EntityKey<E> key, long began) {
    return new ReadResult<>(lookups.get(key), Source.STORE, began, Stamp.NONE);
  }
}
