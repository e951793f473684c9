package accounts.read;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.EntityKey;
import accounts.freshness.CellReads;
import accounts.freshness.Claim;
import accounts.freshness.Sighting;
import accounts.service.ReadResult;
import accounts.service.Source;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One shared lookup of one key: in the cache and, on a miss, in the store, unless another instance
 * is loading the key; then its answer is awaited.
 */
final class SharedLoad {

  /**
   * Pauses between checks for another instance's fill; after the last one the store is read beside
   * it.
   */
  private static final List<Duration> PAUSES =
      Stream.of(4, 8, 16, 32, 64, 128, 256).map(Duration::ofMillis).toList();

  /** The most calls of the cache: a lookup and a claim before each pause and after the last. */
  private static final int CACHE_CALLS = 2 * (PAUSES.size() + 1);

  private final EntityKey<?> key;
  private final CellReads cells;
  private final Loader loader;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer;
  private final ReadObserver observer;
  private final Duration longestRead;
  private final CallScope scope;
  private final Iterator<Duration> pauses = PAUSES.iterator();

  /**
   * @param longestRead the longest time for a read of the store, without the wait for its turn
   * @param scope of the load itself, which continues when the caller that started it is gone
   */
  SharedLoad(
      EntityKey<?> key,
      CellReads cells,
      Loader loader,
      LongSupplier nanoTime,
      ScheduledExecutorService timer,
      ReadObserver observer,
      Duration longestRead,
      CallScope scope) {
    this.key = key;
    this.cells = cells;
    this.loader = loader;
    this.nanoTime = nanoTime;
    this.timer = timer;
    this.observer = observer;
    this.longestRead = longestRead;
    this.scope = scope;
  }

  /**
   * Returns the longest time that a shared lookup can take.
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

  CompletableFuture<ReadResult<?>> lookUp() {
    // Taken before the lookup begins: a hit was current then or later.
    long began = nanoTime.getAsLong();
    return cells.lookUp(key, scope).thenCompose(sighting -> found(sighting, began));
  }

  private CompletableFuture<ReadResult<?>> found(Sighting sighting, long began) {
    return switch (sighting) {
      case Sighting.Hit hit ->
          CompletableFuture.completedFuture(
              new ReadResult<>(hit.lookup(), Source.CACHE, began, hit.stamp()));
      case Sighting.Free free -> claim(free);
      case Sighting.BeingLoaded loading ->
          pauses.hasNext() ? lookAgain() : readBeside(loading.free());
      case Sighting.Unavailable unavailable -> read(new Claim.Unavailable());
    };
  }

  /** The reader that wins the claim reads the store for all others. */
  private CompletableFuture<ReadResult<?>> claim(Sighting.Free free) {
    return cells
        .claim(free, scope)
        .thenCompose(
            claim -> claim instanceof Claim.Lost && pauses.hasNext() ? lookAgain() : read(claim));
  }

  /** Waits for another instance's fill, then looks up again. */
  private CompletableFuture<ReadResult<?>> lookAgain() {
    observer.loadAwaited();
    return scope
        .step("load.wait", own -> Futures.after(pauses.next(), timer))
        .thenCompose(waited -> lookUp());
  }

  /**
   * Answers from the store, and leaves the claim to its owner. To take it over would make the
   * owner's fill fail, when the store is slow; the next reader would do the same to this one, and a
   * key that is asked for all the time would never be filled. If the owner is gone, the claim is
   * released once no read of the store can take so long; an owner that still waits for its turn at
   * the store loses its claim by that, too, and fills nothing.
   */
  private CompletableFuture<ReadResult<?>> readBeside(Sighting.Free claimed) {
    var unused =
        Futures.after(longestRead, timer)
            .thenRun(() -> cells.release(claimed, CallScope.of(longestRead, scope.trace())));
    return read(new Claim.Lost());
  }

  private CompletableFuture<ReadResult<?>> read(Claim claim) {
    return loader.readAndFill(key, claim, scope);
  }
}
