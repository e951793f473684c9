package accounts.cache;

/** What became of a compare-and-set. */
public sealed interface SwapResult {

  /**
   * The cell is, or was, in the new state.
   *
   * @param version of the new state
   */
  record Swapped(CellVersion version) implements SwapResult {}

  /** The cell was in another state than expected; nothing was done. */
  record Mismatch() implements SwapResult {}

  /** No answer: done, not done, or still to be done. */
  record Unavailable() implements SwapResult {}
}
