package accounts.store;

import accounts.async.CallScope;
import java.util.concurrent.CompletableFuture;

/**
 * The committed changes of all entities of the last days, for those who watch. Of each partition
 * ({@link FeedPartition}) it is a list of blocks without gaps that only grows; a block that was not
 * read before another one never comes before it later. Reads are strongly consistent.
 *
 * <p>A change may be there more than once: after another instance took over, the feed goes back and
 * repeats what followed. The first occurrences of an entity's changes are in the order of its
 * revisions.
 *
 * <p>All methods may fail with {@link accounts.domain.AccountException} carrying {@code
 * StoreThrottled} or {@code StoreUnavailable}.
 */
public interface ChangeFeed {

  /** Returns the position of a partition's last block; 0 if there was none ever. */
  CompletableFuture<Long> last(int partition, CallScope scope);

  /**
   * Reads the blocks after a position.
   *
   * @param limit the most blocks; 1 or more
   */
  CompletableFuture<FeedPage> read(int partition, long after, int limit, CallScope scope);
}
