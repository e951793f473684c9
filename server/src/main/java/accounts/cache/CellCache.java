package accounts.cache;

import accounts.async.CallScope;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The remote cache of cells. It may lose cells at any time, be slow, or be unreachable. Cells are
 * changed by compare-and-set only. No method's future fails: an unavailable cache is one of the
 * answers. Every call ends within the implementation's timeout, or with its scope.
 */
public interface CellCache {

  /** Reads one cell; sees every change that was acknowledged before. */
  CompletableFuture<CellAnswer> get(CellKey key, CallScope scope);

  /**
   * Reads several cells in one round trip.
   *
   * @return an answer for each key, in their order
   */
  CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope);

  /** Stores a cell if the key has none. */
  CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope);

  /**
   * Replaces a cell if it is still in the expected state.
   *
   * @param expected as handed out by this cache for this key
   */
  CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope);
}
