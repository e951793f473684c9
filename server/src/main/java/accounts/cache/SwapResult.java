package accounts.cache;

/** The result of a compare-and-set. */
public sealed interface SwapResult {

  /**
   * The cell was changed to the new state, which another writer may have replaced since.
   *
   * @param version of the new state
   */
  record Swapped(CellVersion version) implements SwapResult {}

  /** The cell was in another state than expected; nothing was done. */
  record Mismatch() implements SwapResult {}

  /** No answer: the swap may have happened, may not have, or may still happen. */
  record Unavailable() implements SwapResult {}
}
