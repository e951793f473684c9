package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.store.AccountStore;
import accounts.store.Lookups;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reads from the store what the cache does not have, and fills the cache with it. What many want at
 * once is read once: in this instance by coalescing, over all instances by leases. A stamp is
 * always seen before the store is read.
 */
final class Loader {

  /**
   * How long the loser of a lease waits before each look at what the winner filled in; then it
   * reads the store itself.
   */
  private static final List<Duration> PAUSES =
      List.of(4, 8, 16, 32, 64).stream().map(Duration::ofMillis).toList();

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
   * Loads one key, shared with others who want it.
   *
   * @param answer what the cache said to the caller
   * @param came when the caller came
   */
  CompletableFuture<Reading<?>> loadShared(
      EntityKey<?> key, CacheAnswer answer, long came, CallScope scope) {
    return scope.run(
        patience,
        time ->
            // The load is nobody's own: it has its own time, and goes on when whoever started it is
            // gone.
            coalescer.load(
                key, came, () -> new Load(key).lead(answer), () -> new Load(key).lookAgain()));
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
  private void fill(EntityKey<?> key, Reading<?> reading) {
    if (!reading.stamp().isAbsent()) {
      var unused = cache.fill(key, reading.lookup(), reading.stamp(), CallScope.of(patience));
    }
  }

  /** One shared load on its way. */
  private final class Load {

    private final EntityKey<?> key;
    private final CallScope scope = CallScope.of(patience);
    private final Iterator<Duration> pauses = PAUSES.iterator();

    Load(EntityKey<?> key) {
      this.key = key;
    }

    CompletableFuture<Reading<?>> lookAgain() {
      long began = nanoTime.getAsLong();
      return look().thenCompose(answer -> answered(answer, began, this::lead));
    }

    private CompletableFuture<CacheAnswer> look() {
      return cache.getAll(List.of(key), scope).thenApply(answers -> answers.get(key));
    }

    private CompletableFuture<Reading<?>> answered(
        CacheAnswer answer,
        long began,
        java.util.function.Function<CacheAnswer, CompletableFuture<Reading<?>>> otherwise) {
      return answer instanceof CacheAnswer.Hit hit
          ? CompletableFuture.completedFuture(
              new Reading<>(hit.lookup(), Source.CACHE, began, hit.stamp()))
          : otherwise.apply(answer);
    }

    /** Reads the store, unless another instance is about to. */
    CompletableFuture<Reading<?>> lead(CacheAnswer answer) {
      return switch (answer) {
        case CacheAnswer.Miss miss when miss.stamp().isAbsent() -> start(miss.stamp());
        case CacheAnswer.Miss miss -> lease(miss.stamp());
        case CacheAnswer.Hit hit -> readAndFill(hit.stamp());
        case CacheAnswer.Unavailable unavailable -> readAndFill(Stamp.NONE);
      };
    }

    /** Whoever gives a key its first generation is the one who fills it. */
    private CompletableFuture<Reading<?>> start(Stamp seen) {
      return cache
          .start(key, seen, scope)
          .thenCompose(start ->
              switch (start) {
                case Advance.Alone alone -> readAndFill(alone.stamp());
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

    /** Waits for what another instance fills in. */
    private CompletableFuture<Reading<?>> follow() {
      Executor pause =
          CompletableFuture.delayedExecutor(pauses.next().toNanos(), TimeUnit.NANOSECONDS, timer);
      return CompletableFuture.runAsync(() -> {}, pause)
          .thenCompose(waited -> {
            long began = nanoTime.getAsLong();
            return look().thenCompose(answer -> answered(answer, began, this::followed));
          });
    }

    private CompletableFuture<Reading<?>> followed(CacheAnswer answer) {
      return switch (answer) {
        case CacheAnswer.Miss miss when pauses.hasNext() -> follow();
        case CacheAnswer.Miss miss -> readAndFill(miss.stamp());
        case CacheAnswer.Hit hit -> readAndFill(hit.stamp());
        case CacheAnswer.Unavailable unavailable -> readAndFill(Stamp.NONE);
      };
    }

    private CompletableFuture<Reading<?>> readAndFill(Stamp stamp) {
      return read(List.of(key), Map.of(key, stamp), scope)
          .thenApply(readings -> {
            Reading<?> reading = Objects.requireNonNull(readings.get(key));
            fill(key, reading);
            return reading;
          });
    }
  }
}
