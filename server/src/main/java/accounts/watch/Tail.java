package accounts.watch;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.async.OutageLog;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of one partition of the feed, as far as this instance has read it: the latest blocks,
 * which all watches of the partition are served from.
 */
final class Tail {

  private static final Logger log = LoggerFactory.getLogger(Tail.class);

  /** Consecutive failures before the outage is logged. */
  private static final int FAILURES = 2;

  /** A block that is missing for as many reads is gone; others are visible in a moment. */
  private static final int MAX_GAPS = 5;

  /** Of up to a hundred changes each. */
  private static final int BLOCKS_PER_READ = 50;

  private final int partition;
  private final ChangeFeed feed;
  private final Duration timeout;
  private final int most;
  private final Executor thread;
  private final OutageLog faults;
  private final Consumer<List<FeedBlock>> arrived;
  private final List<FeedBlock> window = new ArrayList<>();
  private final CompletableFuture<Long> start;
  private int changes;
  private long last;
  private boolean reading;
  private boolean failing;
  private boolean more;
  private int gaps;
  private @Nullable CompletableFuture<Long> asking;
  private @Nullable CompletableFuture<Long> askingNext;

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
      Consumer<List<FeedBlock>> arrived) {
    this.partition = partition;
    this.feed = feed;
    this.timeout = timeout;
    this.most = most;
    this.thread = thread;
    this.faults =
        new OutageLog(
            log,
            FAILURES,
            "a partition of the feed of changes is not read, retrying",
            "a partition of the feed of changes is read again");
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

  int partition() {
    return partition;
  }

  /** Returns whether the last read left something behind. */
  boolean hasMore() {
    return more;
  }

  /** Returns whether it cannot be read at present. */
  boolean isFailing() {
    return failing;
  }

  /** Returns whether a block that follows is gone from the table: this tail never gets on. */
  boolean isBroken() {
    return gaps >= MAX_GAPS;
  }

  /**
   * Returns the position of the last block in the table, as of some moment since the call. Asked
   * once for all who want to know it at the same time.
   */
  CompletableFuture<Long> lastNow() {
    if (asking == null) {
      asking = new CompletableFuture<>();
      return ask(asking);
    }
    if (askingNext == null) {
      askingNext = new CompletableFuture<>();
    }
    return askingNext;
  }

  private CompletableFuture<Long> ask(CompletableFuture<Long> answer) {
    var unused =
        feed.last(partition, CallScope.of(timeout))
            .whenCompleteAsync(
                (position, failure) -> {
                  asking = askingNext;
                  askingNext = null;
                  if (asking != null) {
                    var unusedNext = ask(asking);
                  }
                  if (failure == null) {
                    answer.complete(position);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                },
                thread);
    return answer;
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
                    faults.failed("FEED#" + partition, Futures.cause(failure));
                  }
                },
                thread);
  }

  private void add(FeedPage page) {
    more = false;
    gaps = page.gap() && page.blocks().isEmpty() ? gaps + 1 : 0;
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
