package accounts.watch;

import accounts.async.CallScope;
import accounts.async.EpisodeLog;
import accounts.async.Futures;
import accounts.store.ChangeFeed;
import accounts.store.FeedBlock;
import accounts.store.FeedPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The end of one partition of the feed, as far as this instance has read it: the latest blocks,
 * which all watches of the partition are served from.
 */
final class Tail {

  /** Of up to a hundred changes each. */
  private static final int BLOCKS_PER_READ = 50;

  private final int partition;
  private final ChangeFeed feed;
  private final Duration timeout;
  private final int most;
  private final Executor thread;
  private final EpisodeLog faults;
  private final Consumer<List<FeedBlock>> arrived;
  private final List<FeedBlock> window = new ArrayList<>();
  private final CompletableFuture<Long> start;
  private int changes;
  private long last;
  private boolean reading;
  private boolean failing;
  private boolean more;

  /**
   * @param timeout longest time for one read
   * @param most how many changes to keep, give or take a block
   * @param thread the thread that all of this belongs to
   * @param arrived given blocks when they are there
   */
  Tail(
      int partition,
      ChangeFeed feed,
      Duration timeout,
      int most,
      Executor thread,
      EpisodeLog faults,
      Consumer<List<FeedBlock>> arrived) {
    this.partition = partition;
    this.feed = feed;
    this.timeout = timeout;
    this.most = most;
    this.thread = thread;
    this.faults = faults;
    this.arrived = arrived;
    this.start =
        feed.last(partition, CallScope.of(timeout))
            .thenApplyAsync(
                position -> {
                  last = position;
                  return position;
                },
                thread);
  }

  /** Completes when it is known where the tail begins; fails as the feed does. */
  CompletableFuture<Long> started() {
    return start;
  }

  /** Returns the position of the last block. */
  long last() {
    return last;
  }

  /** Returns whether the last read left something behind. */
  boolean hasMore() {
    return more;
  }

  /** Returns whether it cannot be read at present. */
  boolean isFailing() {
    return failing;
  }

  /** Returns whether the block after a position is no longer here. */
  boolean isBeyond(long position) {
    return position < last - window.size();
  }

  /** Returns the block after a position that is not beyond; empty if there is none yet. */
  Optional<FeedBlock> after(long position) {
    int index = (int) (position - (last - window.size()));
    return position < last ? Optional.of(window.get(index)) : Optional.empty();
  }

  /** Reads what is new, unless it does so already. */
  void poll() {
    if (reading || !start.isDone() || start.isCompletedExceptionally()) {
      return;
    }
    reading = true;
    var unused =
        feed.read(partition, last, BLOCKS_PER_READ, CallScope.of(timeout))
            .whenCompleteAsync(
                (page, failure) -> {
                  reading = false;
                  failing = failure != null;
                  if (failure == null) {
                    faults.succeeded();
                    add(page);
                  } else {
                    faults.failed(() -> Futures.describe(failure));
                  }
                },
                thread);
  }

  private void add(FeedPage page) {
    more = false;
    if (page.blocks().isEmpty()) {
      return;
    }
    for (FeedBlock block : page.blocks()) {
      window.add(block);
      changes += block.changes().size();
    }
    last = page.blocks().getLast().position();
    more = page.more();
    trim();
    arrived.accept(page.blocks());
  }

  private void trim() {
    int drop = 0;
    while (changes > most && drop < window.size() - 1) {
      changes -= window.get(drop).changes().size();
      drop++;
    }
    window.subList(0, drop).clear();
  }
}
