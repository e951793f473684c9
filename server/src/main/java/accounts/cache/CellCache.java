package accounts.cache;

import accounts.async.CallScope;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A remote cache of cells that may lose anything at any time, be slow, or be gone. A cell is
 * changed by compare-and-set alone. No method ever fails: what the cache cannot do is an answer
 * too. Every call ends within the timeout that the implementation was given, or when the scope
 * does.
 */
public interface CellCache {

  /** Looks one key up, and sees every change that was answered before. */
  CompletableFuture<CellAnswer> get(CellKey key, CallScope scope);

  /**
   * Looks several keys up in one round trip.
   *
   * @return an answer for every key
   */
  CompletableFuture<Map<CellKey, CellAnswer>> getAll(Collection<CellKey> keys, CallScope scope);

  /** Puts a cell where there is nothing. */
  CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope);

  /**
   * Replaces a cell, if it is still in the state that was seen.
   *
   * @param expected as handed out by this cache for this key
   */
  CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope);
}
