package accounts.cache;

import accounts.async.CallScope;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One instance's way to a cache that it shares with others; it can be cut. */
public final class CacheLink implements CellCache {

  private final CellCache delegate;

  /** Whether nothing gets through, in either direction. */
  public volatile boolean cut;

  public CacheLink(CellCache delegate) {
    this.delegate = delegate;
  }

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return cut
        ? CompletableFuture.completedFuture(new CellAnswer.Unavailable())
        : delegate.get(key, scope);
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    return cut
        ? CompletableFuture.completedFuture(
            Collections.nCopies(keys.size(), new CellAnswer.Unavailable()))
        : delegate.getAll(keys, scope);
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    return cut
        ? CompletableFuture.completedFuture(new SwapResult.Unavailable())
        : delegate.putIfAbsent(key, next, scope);
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return cut
        ? CompletableFuture.completedFuture(new SwapResult.Unavailable())
        : delegate.replace(key, expected, next, scope);
  }
}
