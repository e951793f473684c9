package accounts.server;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import java.util.concurrent.CompletableFuture;

/**
 * A mutant's cells in which a fill overwrites whatever the cell holds by then; claims are
 * unchanged.
 */
final class BlindFills extends ForwardingCells {

  BlindFills(CellCache delegate) {
    super(delegate);
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return next instanceof Cell.Value
        ? put(key, next, scope)
        : delegate.replace(key, expected, next, scope);
  }

  private CompletableFuture<SwapResult> put(CellKey key, Cell next, CallScope scope) {
    return delegate.get(key, scope).thenCompose(seen -> put(key, seen, next, scope));
  }

  private CompletableFuture<SwapResult> put(
      CellKey key, CellAnswer seen, Cell next, CallScope scope) {
    CompletableFuture<SwapResult> put =
        switch (seen) {
          case CellAnswer.Nothing nothing -> delegate.putIfAbsent(key, next, scope);
          case CellAnswer.Seen(Cell cell, var version) ->
              delegate.replace(key, version, next, scope);
          case CellAnswer.Unavailable unavailable ->
              CompletableFuture.completedFuture(new SwapResult.Unavailable());
        };
    return put.thenCompose(result ->
        result instanceof SwapResult.Mismatch
            ? put(key, next, scope)
            : CompletableFuture.completedFuture(result));
  }
}
