package accounts.server;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import java.util.concurrent.CompletableFuture;

/** The tutorial's cells, which every reader of the store sets without a claim. */
final class UnclaimedCells extends ForwardingCells {

  private static final CellVersion CLAIMED_BY_ALL = new CellVersion() {};

  private final PlainSet sets;

  UnclaimedCells(CellCache delegate, PlainSet sets) {
    super(delegate);
    this.sets = sets;
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    return set(key, next, scope);
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return set(key, next, scope);
  }

  private CompletableFuture<SwapResult> set(CellKey key, Cell next, CallScope scope) {
    return next instanceof Cell.Loading
        ? CompletableFuture.completedFuture(new SwapResult.Swapped(CLAIMED_BY_ALL))
        : sets.put(key, next, scope);
  }
}
