package accounts.cache;

import accounts.domain.Lookup;
import accounts.domain.Revision;

/**
 * The state of the one cache item that belongs to a key. Every stored state is unique, even if its
 * content is the same as another's; see {@link CellVersion}.
 */
public sealed interface Cell {

  /** A reader is loading the key from the store and may replace this with the result. */
  record Loading() implements Cell {}

  /**
   * An answer.
   *
   * @param epoch of the key's shard, known before the store was read or the write was committed
   * @param lookup the answer, absence included
   */
  record Value(long epoch, Lookup<?> lookup) implements Cell {}

  /**
   * An answer in a format of another version, which this version cannot read.
   *
   * @param epoch as in {@link Value}
   * @param revision of the answer
   */
  record OtherFormat(long epoch, Revision revision) implements Cell {}

  /**
   * The cell was invalidated: it holds no answer, and a load that was in progress may not fill it.
   */
  record Invalid() implements Cell {}

  /** Bytes that are not a valid cell: damaged. */
  record Unreadable() implements Cell {}
}
