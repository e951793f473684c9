package accounts.server;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import accounts.freshness.EpochLease;
import java.util.concurrent.CompletableFuture;

/**
 * A mutant's cells in which a fill gets the epoch known when it is put, not before the store was
 * read.
 */
final class LateLabels extends ForwardingCells {

  private final EpochLease lease;

  LateLabels(CellCache delegate, EpochLease lease) {
    super(delegate);
    this.lease = lease;
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return delegate.replace(
        key, expected, next instanceof Cell.Value v ? now(key, v) : next, scope);
  }

  private Cell now(CellKey key, Cell.Value value) {
    return lease
        .view()
        .map(view -> new Cell.Value(view.epochOf(key.entity()), value.lookup()))
        .orElse(value);
  }
}
