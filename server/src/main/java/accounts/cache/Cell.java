package accounts.cache;

import accounts.domain.Lookup;
import accounts.domain.Revision;

/**
 * What the cache holds under a key: one state of the key's single item. No two states that were
 * ever stored are alike, even where they say the same; see {@link CellVersion}.
 */
public sealed interface Cell {

  /** Somebody reads the store for the key and may replace this by what it finds. */
  record Loading() implements Cell {}

  /**
   * An answer.
   *
   * @param epoch of the key's shard, known before the store was read or the write was committed
   * @param lookup the answer, absence included
   */
  record Value(long epoch, Lookup<?> lookup) implements Cell {}

  /**
   * An answer in a format that this version does not read: another version's.
   *
   * @param epoch as in {@link Value}
   * @param revision of the answer
   */
  record OtherFormat(long epoch, Revision revision) implements Cell {}

  /** Nothing is known, and whoever was loading may not fill. */
  record Invalid() implements Cell {}

  /** Bytes that are none of these: damaged. */
  record Unreadable() implements Cell {}
}
