package accounts.watch;

import accounts.store.ChangeFeed;
import accounts.store.FeedBlock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The tails of the partitions that are watched here; the others are not read. */
final class Tails {

  private final ChangeFeed feed;
  private final Duration timeout;
  private final int window;
  private final Executor thread;
  private final Consumer<List<FeedBlock>> arrived;
  private final Map<Integer, Used> used = new HashMap<>();

  private record Used(Tail tail, int users) {}

  /**
   * @param window how many changes a tail keeps
   * @param arrived given blocks when they are there
   */
  Tails(
      ChangeFeed feed,
      Duration timeout,
      int window,
      Executor thread,
      Consumer<List<FeedBlock>> arrived) {
    this.feed = feed;
    this.timeout = timeout;
    this.window = window;
    this.thread = thread;
    this.arrived = arrived;
  }

  /**
   * Returns the tail of a partition, for one user more. A broken one is replaced: those who use it
   * end, and those who come meanwhile need not.
   */
  Tail use(int partition) {
    return Objects.requireNonNull(
            used.compute(
                partition,
                (p, old) ->
                    old == null || old.tail().isBroken()
                        ? new Used(started(p), 1)
                        : new Used(old.tail(), old.users() + 1)))
        .tail();
  }

  private Tail started(int partition) {
    return new Tail(partition, feed, timeout, window, thread, arrived);
  }

  /** Ends the use of a tail by one user; the last one ends it. */
  void release(Tail tail) {
    used.computeIfPresent(
        tail.partition(),
        (p, now) -> {
          if (now.tail() != tail) {
            return now; // it has been replaced
          }
          return now.users() == 1 ? null : new Used(tail, now.users() - 1);
        });
  }

  Collection<Tail> all() {
    return used.values().stream().map(Used::tail).toList();
  }
}
