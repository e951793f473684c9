package accounts.watch;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.async.OutageLog;
import accounts.store.ChangeFeed;
import accounts.store.FeedPage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the feed for those who are behind its tail, a few at a time; the others wait, each of them
 * once for each of its partitions.
 */
final class CatchUp {

  /** A page is a MiB at the most. */
  private static final int AT_ONCE = 8;

  private static final int BLOCKS_PER_READ = 50;

  /** From so many on, and whenever they have doubled, those no longer wanted are dropped. */
  private static final int CROWDED = 1000;

  private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

  /** Consecutive failures before the outage is logged. */
  private static final int FAILURES = 2;

  private final ChangeFeed feed;
  private final Duration timeout;
  private final Executor thread;
  private final Queue<Wanted> waiting = new ArrayDeque<>();
  private final OutageLog faults =
      new OutageLog(
          log,
          FAILURES,
          "the feed of changes is not read for those who are behind, retrying",
          "the feed of changes is read again for those who are behind");
  private int crowded = CROWDED;
  private int running;

  /**
   * A read that waits for its turn.
   *
   * @param isWanted whether the watch is still there
   */
  private record Wanted(BooleanSupplier isWanted, Runnable begin) {}

  /**
   * @param timeout longest time for one read
   * @param thread the thread that all of this belongs to
   */
  CatchUp(ChangeFeed feed, Duration timeout, Executor thread) {
    this.feed = feed;
    this.timeout = timeout;
    this.thread = thread;
  }

  /**
   * Reads what follows a place.
   *
   * @param isWanted asked when it is its turn: whether the watch is still there
   * @param read given the page or the failure; not called if it is not wanted
   */
  void read(
      Place place,
      BooleanSupplier isWanted,
      BiConsumer<@Nullable FeedPage, @Nullable Throwable> read) {
    if (waiting.size() >= crowded) {
      waiting.removeIf(other -> !other.isWanted().getAsBoolean());
      crowded = Math.max(CROWDED, 2 * waiting.size());
    }
    waiting.add(new Wanted(isWanted, () -> begin(place, read)));
    next();
  }

  private void next() {
    while (running < AT_ONCE && !waiting.isEmpty()) {
      Wanted first = waiting.remove();
      if (first.isWanted().getAsBoolean()) {
        first.begin().run();
      }
    }
  }

  private void begin(Place place, BiConsumer<@Nullable FeedPage, @Nullable Throwable> read) {
    running++;
    var unused =
        page(place)
            .whenCompleteAsync(
                (page, failure) -> {
                  running--;
                  if (failure == null) {
                    faults.succeeded();
                  } else {
                    faults.failed("FEED#" + place.partition(), Futures.cause(failure));
                  }
                  read.accept(page, failure);
                  next();
                },
                thread);
  }

  private CompletableFuture<FeedPage> page(Place place) {
    return feed.read(place.partition(), place.position(), BLOCKS_PER_READ, CallScope.of(timeout));
  }
}
