package accounts.cache;

/** The cache's answer to a read of one cell. */
public sealed interface CellAnswer {

  /**
   * The key has a cell.
   *
   * @param version by which the cell can be replaced
   */
  record Seen(Cell cell, CellVersion version) implements CellAnswer {}

  /** The key has no cell: never filled, expired, or lost. */
  record Nothing() implements CellAnswer {}

  /** The cache did not answer in time, or answered with an error. */
  record Unavailable() implements CellAnswer {}
}
