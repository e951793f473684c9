package accounts.store;

import java.time.Instant;
import java.util.List;

/**
 * Changes that were appended to a partition of the feed at once.
 *
 * @param position 1 for the first block of a partition, and one more for each after it: no position
 *     is left out
 * @param appended when, by the clock of the instance that did it
 */
public record FeedBlock(long position, Instant appended, List<FeedChange> changes) {

  /** Copies the list. */
  public FeedBlock {
    changes = List.copyOf(changes);
  }
}
