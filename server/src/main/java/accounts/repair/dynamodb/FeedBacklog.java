package accounts.repair.dynamodb;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.async.OutageLog;
import accounts.repair.dynamodb.ShardReader.Batch;
import accounts.store.FeedChange;
import accounts.store.FeedPartition;
import accounts.store.FeedWriter.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the changes of a shard to the feed, behind the repair: batches wait here while the feed
 * cannot be written, so that the repair goes on. When too many wait, later ones are left out, and
 * the shard has to be read again from {@link #checkpoint} once the feed has those that wait.
 *
 * <p>Safe for use by several threads.
 */
final class FeedBacklog {

  private static final Logger log = LoggerFactory.getLogger(FeedBacklog.class);

  /** Consecutive failures before the outage is logged. */
  private static final int FAILURES = 2;

  /** Of changes that wait: some 4 MiB. */
  private static final int MOST = 10_000;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Longest time for one append. */
  private static final Duration APPENDING = Duration.ofSeconds(10);

  private final String shard;
  private final Fence fence;
  private final ShardWorker.Context context;
  private final Consumer<Throwable> broken;
  private final OutageLog faults =
      new OutageLog(
          log,
          FAILURES,
          "the feed of changes is not written, retrying",
          "the feed of changes is written again");
  private final Deque<Waiting> waiting = new ArrayDeque<>(); // guarded by this
  private int changes; // guarded by this
  private boolean leftOut; // guarded by this
  private Optional<Instant> leftOutSince = Optional.empty(); // guarded by this
  private boolean appending; // guarded by this
  private boolean stopped; // guarded by this
  private Duration pause = FIRST_PAUSE; // guarded by this
  private volatile Optional<String> checkpoint;

  /**
   * A batch that is not in the feed, or not all of it.
   *
   * @param since the stream's time of its first record
   * @param last the sequence number of its last record
   * @param parts its changes that are not in the feed, by partition: each is appended once
   */
  private record Waiting(Instant since, Optional<String> last, Deque<List<FeedChange>> parts) {}

  /**
   * @param checkpoint the sequence number of the last record that is in the feed
   * @param broken is told of failures that a repetition does not mend
   */
  FeedBacklog(
      String shard,
      Optional<String> checkpoint,
      Fence fence,
      ShardWorker.Context context,
      Consumer<Throwable> broken) {
    this.shard = shard;
    this.checkpoint = checkpoint;
    this.fence = fence;
    this.context = context;
    this.broken = broken;
  }

  /** Returns the sequence number of the last record that is in the feed, with all before it. */
  Optional<String> checkpoint() {
    return checkpoint;
  }

  /** Takes a batch that the repair has dealt with. */
  synchronized void add(Batch batch) {
    if (batch.records().isEmpty() || leftOut) {
      return;
    }
    List<FeedChange> found = FeedRecords.of(batch.records());
    leftOutSince = Optional.empty();
    if (changes > 0 && changes + found.size() > MOST) {
      leftOut = true;
      leftOutSince = Optional.of(timeOf(batch));
      return;
    }
    changes += found.size();
    add(new Waiting(timeOf(batch), Optional.of(lastOf(batch)), parts(found)));
    next();
  }

  /** What has no changes waits as a part of what came before, however much of it there is. */
  private void add(Waiting next) {
    Waiting before = waiting.peekLast();
    if (before != null && next.parts().isEmpty()) {
      waiting.removeLast();
      waiting.add(new Waiting(before.since(), next.last(), before.parts()));
    } else {
      waiting.add(next);
    }
  }

  /** The stream's time of the first record, or now if it has none. */
  private Instant timeOf(Batch batch) {
    Instant made = batch.records().getFirst().dynamodb().approximateCreationDateTime();
    return made == null ? context.clock().instant() : made;
  }

  private static String lastOf(Batch batch) {
    return batch.records().getLast().dynamodb().sequenceNumber();
  }

  private static Deque<List<FeedChange>> parts(List<FeedChange> found) {
    return new ArrayDeque<>(
        found.stream()
            .collect(
                Collectors.groupingBy(
                    change -> FeedPartition.of(change.entity()), TreeMap::new, Collectors.toList()))
            .values());
  }

  /** Returns the age of the oldest change that is not in the feed; zero if all are. */
  synchronized Duration lag() {
    return Optional.ofNullable(waiting.peekFirst())
        .map(Waiting::since)
        .or(() -> leftOutSince)
        .map(context::age)
        .orElse(Duration.ZERO);
  }

  /** Returns whether everything that the repair has dealt with is in the feed. */
  synchronized boolean isDrained() {
    return waiting.isEmpty() && !leftOut;
  }

  /** Returns whether the shard is to be read again from the checkpoint, which is then begun. */
  synchronized boolean beginsAgain() {
    if (!leftOut || !waiting.isEmpty()) {
      return false;
    }
    leftOut = false;
    return true;
  }

  /** Appends no more; the append in flight comes to its end. */
  synchronized void stop() {
    stopped = true;
  }

  private synchronized void next() {
    if (appending || stopped) {
      return;
    }
    while (!waiting.isEmpty() && waiting.getFirst().parts().isEmpty()) {
      checkpoint = waiting.removeFirst().last();
    }
    if (waiting.isEmpty()) {
      return;
    }
    appending = true;
    List<FeedChange> part = waiting.getFirst().parts().getFirst();
    var unused =
        Futures.started(() -> context.feed().append(part, fence, CallScope.of(APPENDING)))
            .whenComplete((done, failure) -> ended(part.size(), failure));
  }

  private void ended(int size, @Nullable Throwable failure) {
    if (failure == null) {
      faults.succeeded();
      appended(size);
    } else if (ShardWorker.isPassing(Futures.cause(failure))) {
      faults.failed(shard, Futures.cause(failure));
      var unused =
          context.timer().schedule(this::again, nextPause().toNanos(), TimeUnit.NANOSECONDS);
    } else {
      stop();
      broken.accept(Futures.cause(failure));
    }
  }

  private void appended(int size) {
    context.observer().appended(size);
    synchronized (this) {
      waiting.getFirst().parts().removeFirst();
      changes -= size;
      pause = FIRST_PAUSE;
      appending = false;
    }
    next();
  }

  private synchronized Duration nextPause() {
    Duration now = pause;
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    return now;
  }

  private void again() {
    synchronized (this) {
      appending = false;
    }
    next();
  }
}
