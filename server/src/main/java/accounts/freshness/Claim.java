package accounts.freshness;

import accounts.cache.CellKey;
import accounts.cache.CellVersion;

/** The result of trying to get a key's load lock. */
public sealed interface Claim {

  /**
   * The caller holds the load lock: it may read the store and fill the cell.
   *
   * @param view known before the store is read
   * @param loading the caller's own state of the cell
   */
  record Won(EpochView view, CellKey cell, CellVersion loading) implements Claim {}

  /** Another reader or writer changed the cell first. */
  record Lost() implements Claim {}

  /** The cache did not answer: the caller reads the store and does not fill the cell. */
  record Unavailable() implements Claim {}
}
