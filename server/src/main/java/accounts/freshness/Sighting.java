package accounts.freshness;

import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.domain.Lookup;
import java.util.Optional;

/** The result of looking a key up in the cache. */
public sealed interface Sighting {

  /**
   * A valid answer.
   *
   * @param free with which the answer can be reloaded anyway
   */
  record Hit(Lookup<?> lookup, CellStamp stamp, Free free) implements Sighting {}

  /**
   * No valid answer, and no load in progress: a reader that claims the cell may load it.
   *
   * @param view known before the store is read
   * @param version the state of the cell; empty where it holds nothing
   */
  record Free(EpochView view, CellKey cell, Optional<CellVersion> version) implements Sighting {}

  /**
   * Another reader is loading the answer.
   *
   * @param free with which the claim can be released, should that reader be gone
   */
  record BeingLoaded(Free free) implements Sighting {}

  /** The cache cannot be used: the store is to be read, and nothing filled. */
  record Unavailable() implements Sighting {}
}
