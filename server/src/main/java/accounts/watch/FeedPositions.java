package accounts.watch;

import java.util.List;

/**
 * How far a watch has got in each partition of its subject.
 *
 * @param values positions of the last block that was dealt with, in the order of {@link
 *     WatchSubject#partitions}
 */
public record FeedPositions(List<Long> values) {

  /** Copies the list. */
  public FeedPositions {
    values = List.copyOf(values);
  }
}
