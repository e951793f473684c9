package accounts.server;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import java.util.concurrent.CompletableFuture;

/** An answer is set whatever the cell holds by then; claims are as they are. */
final class BlindFills extends ForwardingCells {

  BlindFills(CellCache delegate) {
    super(delegate);
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return next instanceof Cell.Value
        ? PlainSet.put(delegate, key, next, scope)
        : delegate.replace(key, expected, next, scope);
  }
}
