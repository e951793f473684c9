package accounts.server;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A cell cache that delegates every call; mutants override one of them. */
abstract class ForwardingCells implements CellCache {

  final CellCache delegate;

  ForwardingCells(CellCache delegate) {
    this.delegate = delegate;
  }

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return delegate.get(key, scope);
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    return delegate.getAll(keys, scope);
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    return delegate.putIfAbsent(key, next, scope);
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return delegate.replace(key, expected, next, scope);
  }
}
