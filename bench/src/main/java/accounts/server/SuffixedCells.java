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

/** A mutant's cells whose keys contain the format of the answers. */
final class SuffixedCells extends ForwardingCells {

  private final String suffix;

  SuffixedCells(CellCache delegate, int answers) {
    super(delegate);
    this.suffix = "/" + answers;
  }

  private CellKey suffixed(CellKey key) {
    return new CellKey(key.entity(), key.text() + suffix);
  }

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return delegate.get(suffixed(key), scope);
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    return delegate.getAll(keys.stream().map(this::suffixed).toList(), scope);
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    return delegate.putIfAbsent(suffixed(key), next, scope);
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return delegate.replace(suffixed(key), expected, next, scope);
  }
}
