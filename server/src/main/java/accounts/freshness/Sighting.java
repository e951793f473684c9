package accounts.freshness;

import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.domain.Lookup;
import java.util.Optional;

/** What a reader finds when it looks a key up in the cache. */
public sealed interface Sighting {

  /**
   * An answer that may be given.
   *
   * @param free by which the answer can be loaded anew all the same
   */
  record Hit(Lookup<?> lookup, CellStamp stamp, Free free) implements Sighting {}

  /**
   * No answer, and nobody loads one: whoever claims the cell may.
   *
   * @param view known before the store is read
   * @param version the state of the cell; empty where it holds nothing
   */
  record Free(EpochView view, CellKey cell, Optional<CellVersion> version) implements Sighting {}

  /**
   * Somebody is loading the answer.
   *
   * @param free by which the cell can be claimed, should that somebody be gone
   */
  record BeingLoaded(Free free) implements Sighting {}

  /** Nothing that may be believed or changed: the store is to be read, and nothing filled. */
  record Unavailable() implements Sighting {}
}
