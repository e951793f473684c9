package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One look at one key for all who want it: in the cache; on a miss in the store, unless another
 * instance is about to, whose answer is then waited for.
 */
final class SharedLoad {

  /**
   * How long the loser of a lease waits before each look at what the winner filled in; then it
   * reads the store itself.
   */
  private static final List<Duration> PAUSES =
      Stream.of(4, 8, 16, 32, 64, 128, 256).map(Duration::ofMillis).toList();

  /**
   * Calls of the cache at most: before each pause, and after the last, a look, a start, a lease.
   */
  private static final int CACHE_CALLS = 3 * (PAUSES.size() + 1);

  private final EntityKey<?> key;
  private final AccountCache cache;
  private final Loader loader;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer;
  private final CallScope scope;
  private final Iterator<Duration> pauses = PAUSES.iterator();

  /**
   * @param scope the load's own: it goes on when whoever started it is gone
   */
  SharedLoad(
      EntityKey<?> key,
      AccountCache cache,
      Loader loader,
      LongSupplier nanoTime,
      ScheduledExecutorService timer,
      CallScope scope) {
    this.key = key;
    this.cache = cache;
    this.loader = loader;
    this.nanoTime = nanoTime;
    this.timer = timer;
    this.scope = scope;
  }

  /**
   * Returns how long one takes at most.
   *
   * @param store the longest time for a read of the store
   * @param cache the longest time for a call of the cache
   */
  static Duration longest(Duration store, Duration cache) {
    return PAUSES.stream()
        .reduce(Duration.ZERO, Duration::plus)
        .plus(cache.multipliedBy(CACHE_CALLS))
        .plus(store);
  }

  CompletableFuture<Reading<?>> look() {
    // Taken before the look begins: a hit was current then or later.
    long began = nanoTime.getAsLong();
    return cache
        .getAll(List.of(key), scope)
        .thenCompose(answers -> answered(Objects.requireNonNull(answers.get(key)), began));
  }

  private CompletableFuture<Reading<?>> answered(CacheAnswer answer, long began) {
    return switch (answer) {
      case CacheAnswer.Hit hit ->
          CompletableFuture.completedFuture(
              new Reading<>(hit.lookup(), Source.CACHE, began, hit.stamp()));
      case CacheAnswer.Miss miss -> lead(miss.stamp());
      case CacheAnswer.Unavailable unavailable -> readAndFill(Stamp.NONE);
    };
  }

  /** Whoever holds the lease of the key's generation reads the store for all. */
  private CompletableFuture<Reading<?>> lead(Stamp stamp) {
    if (!pauses.hasNext()) {
      return readAndFill(stamp);
    }
    return stamp.isAbsent() ? start(stamp) : lease(stamp);
  }

  private CompletableFuture<Reading<?>> start(Stamp seen) {
    return cache
        .start(key, seen, scope)
        .thenCompose(start ->
            switch (start) {
              // Somebody may have seen the generation by now: its lease has to be won like any
              // other.
              case Advance.Alone alone -> lease(alone.stamp());
              case Advance.Together together -> follow();
              case Advance.Unavailable unavailable -> readAndFill(Stamp.NONE);
            });
  }

  private CompletableFuture<Reading<?>> lease(Stamp stamp) {
    return cache
        .lease(key, stamp, scope)
        .thenCompose(lease ->
            switch (lease) {
              case WON, UNAVAILABLE -> readAndFill(stamp);
              case TAKEN -> follow();
            });
  }

  /** Waits a little for what another instance fills in, and looks again. */
  private CompletableFuture<Reading<?>> follow() {
    Executor pause =
        CompletableFuture.delayedExecutor(pauses.next().toNanos(), TimeUnit.NANOSECONDS, timer);
    return CompletableFuture.runAsync(() -> {}, pause).thenCompose(waited -> look());
  }

  private CompletableFuture<Reading<?>> readAndFill(Stamp stamp) {
    return loader
        .read(List.of(key), Map.of(key, stamp), scope)
        .thenApply(readings -> {
          Reading<?> reading = Objects.requireNonNull(readings.get(key));
          loader.fill(key, reading);
          return reading;
        });
  }
}
