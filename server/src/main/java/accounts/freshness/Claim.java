package accounts.freshness;

import accounts.cache.CellKey;
import accounts.cache.CellVersion;

/** What became of asking to be the one who loads a key's answer. */
public sealed interface Claim {

  /**
   * The caller may read the store and fill the cell.
   *
   * @param view known before the store is read
   * @param loading the caller's own state of the cell
   */
  record Won(EpochView view, CellKey cell, CellVersion loading) implements Claim {}

  /** Somebody else was first. */
  record Lost() implements Claim {}

  /** The cache did not say: the caller reads the store and fills nothing. */
  record Unavailable() implements Claim {}
}
