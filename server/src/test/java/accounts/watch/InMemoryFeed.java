package accounts.watch;

import accounts.async.CallScope;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.store.ChangeFeed;
import accounts.store.FeedBlock;
import accounts.store.FeedChange;
import accounts.store.FeedPage;
import accounts.store.FeedPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A feed whose reads answer at once, unless it is away. */
final class InMemoryFeed implements ChangeFeed {

  private final Map<Integer, List<FeedBlock>> blocks = new HashMap<>();
  private final Map<Integer, Long> expired = new HashMap<>();
  boolean away;
  int reads;

  /** Appends a block with one change. */
  void append(FeedChange change) {
    int partition = FeedPartition.of(change.entity());
    List<FeedBlock> all = blocks(partition);
    all.add(new FeedBlock(all.size() + 1L, Instant.EPOCH, List.of(change)));
  }

  /** Forgets the first blocks of a partition. */
  void expire(int partition, long upTo) {
    expired.put(partition, upTo);
  }

  private List<FeedBlock> blocks(int partition) {
    return blocks.computeIfAbsent(partition, p -> new ArrayList<>());
  }

  @Override
  public CompletableFuture<Long> last(int partition, CallScope scope) {
    return away ? failed() : CompletableFuture.completedFuture((long) blocks(partition).size());
  }

  @Override
  public CompletableFuture<FeedPage> read(int partition, long after, int limit, CallScope scope) {
    reads++;
    if (away) {
      return failed();
    }
    List<FeedBlock> all = blocks(partition);
    if (after < expired.getOrDefault(partition, 0L)) {
      return CompletableFuture.completedFuture(new FeedPage(List.of(), true, false));
    }
    int from = (int) Math.min(after, all.size());
    int end = Math.min(from + limit, all.size());
    return CompletableFuture.completedFuture(
        new FeedPage(all.subList(from, end), false, end < all.size()));
  }

  private static <T> CompletableFuture<T> failed() {
    return CompletableFuture.failedFuture(
        new AccountException(new StoreUnavailable(Duration.ofSeconds(1))));
  }
}
