package accounts.store;

import java.util.List;

/**
 * A page of a partition of the feed.
 *
 * @param blocks without a gap, from the one after the position that was asked for
 * @param gap whether blocks are missing after these, while there are later ones: they have expired,
 *     or become visible in a moment
 * @param more whether there are more than were asked for
 */
public record FeedPage(List<FeedBlock> blocks, boolean gap, boolean more) {

  /** Copies the list. */
  public FeedPage {
    blocks = List.copyOf(blocks);
  }
}
