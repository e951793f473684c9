package accounts.repair;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.InMemoryCellCache;
import accounts.cache.SwapResult;
import accounts.domain.EntityKey;
import accounts.freshness.EpochView;
import accounts.store.FleetStates;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The cells of one table, some or all of which an instance may not reach. */
public final class FakeCells implements CellCache {

  /** The view that all share. */
  public static final EpochView VIEW = new EpochView(FleetStates.state("incarnation", 1));

  /** Keys that get no answer. */
  public final Set<EntityKey<?>> stuck = ConcurrentHashMap.newKeySet();

  /** Whether nobody gets an answer. */
  public volatile boolean away;

  private final InMemoryCellCache cells = new InMemoryCellCache();

  /** Puts a cell, whatever was there. */
  public void put(EntityKey<?> key, Cell cell) {
    cells.put(VIEW.cellOf(key), cell);
  }

  /** Returns the cell; empty if there is none. */
  public Optional<Cell> cell(EntityKey<?> key) {
    return switch (cells.peek(VIEW.cellOf(key))) {
      case CellAnswer.Seen seen -> Optional.of(seen.cell());
      case CellAnswer.Nothing nothing -> Optional.empty();
      case CellAnswer.Unavailable unavailable -> Optional.empty();
    };
  }

  /** Returns how many changes of cells were asked for. */
  public long swaps() {
    return cells.calls().stream().filter(call -> call.name().equals("replace")).count();
  }

  private boolean isSilent(CellKey key) {
    return away || stuck.contains(key.entity());
  }

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return isSilent(key)
        ? CompletableFuture.completedFuture(new CellAnswer.Unavailable())
        : cells.get(key, scope);
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    throw new UnsupportedOperationException("the repair reads cells one by one");
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    throw new UnsupportedOperationException("the repair puts nothing where there is nothing");
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return isSilent(key)
        ? CompletableFuture.completedFuture(new SwapResult.Unavailable())
        : cells.replace(key, expected, next, scope);
  }
}
