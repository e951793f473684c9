package accounts.bench.simulation;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * An instance's way to the cache. A call is done when its answer comes: the whole latency is on the
 * way there. What is answered too late is done all the same. Batches are not simulated.
 *
 * @param network shared by all links of an instance
 */
record CacheLink(CacheModel cache, EventLoop loop, Network network, Duration timeout)
    implements CellCache {

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return call(() -> cache.get(key), new CellAnswer.Unavailable());
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    throw new UnsupportedOperationException("batches are not simulated");
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    return call(() -> cache.swap(key, null, next), new SwapResult.Unavailable());
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return call(() -> cache.swap(key, expected, next), new SwapResult.Unavailable());
  }

  private <T> CompletableFuture<T> call(Supplier<T> operation, T unavailable) {
    if (network.isCut()) {
      return loop.answer(timeout.toNanos(), () -> unavailable);
    }
    long latency = network.cacheLatency();
    CompletableFuture<T> answer = loop.answer(latency, operation);
    return latency <= timeout.toNanos()
        ? answer
        : loop.answer(timeout.toNanos(), () -> unavailable);
  }
}
