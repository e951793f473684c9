package accounts.cache;

/** What the cache says about a key. */
public sealed interface CellAnswer {

  /**
   * It holds a cell.
   *
   * @param version by which the cell can be replaced
   */
  record Seen(Cell cell, CellVersion version) implements CellAnswer {}

  /** It holds nothing: never filled, expired, or lost. */
  record Nothing() implements CellAnswer {}

  /** It did not say in time, or not anything that makes sense. */
  record Unavailable() implements CellAnswer {}
}
