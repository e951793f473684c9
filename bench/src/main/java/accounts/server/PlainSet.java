package accounts.server;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.SwapResult;
import java.util.concurrent.CompletableFuture;

/** Puts a cell whatever is there, as a plain set does. */
final class PlainSet {

  private PlainSet() {}

  static CompletableFuture<SwapResult> put(
      CellCache cells, CellKey key, Cell next, CallScope scope) {
    return cells.get(key, scope).thenCompose(seen -> put(cells, key, seen, next, scope));
  }

  private static CompletableFuture<SwapResult> put(
      CellCache cells, CellKey key, CellAnswer seen, Cell next, CallScope scope) {
    CompletableFuture<SwapResult> put =
        switch (seen) {
          case CellAnswer.Nothing nothing -> cells.putIfAbsent(key, next, scope);
          case CellAnswer.Seen(Cell cell, var version) -> cells.replace(key, version, next, scope);
          case CellAnswer.Unavailable unavailable ->
              CompletableFuture.completedFuture(new SwapResult.Unavailable());
        };
    return put.thenCompose(result ->
        result instanceof SwapResult.Mismatch
            ? put(cells, key, next, scope)
            : CompletableFuture.completedFuture(result));
  }
}
