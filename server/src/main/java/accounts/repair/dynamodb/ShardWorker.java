package accounts.repair.dynamodb;

import accounts.async.Futures;
import accounts.async.OutageLog;
import accounts.domain.AccountException;
import accounts.repair.CacheUnreachableException;
import accounts.repair.ChangeListener;
import accounts.repair.RepairObserver;
import accounts.repair.StreamEvent;
import accounts.repair.dynamodb.ShardReader.Batch;
import accounts.store.FeedWriter;
import accounts.store.FeedWriter.Fence;
import accounts.store.FeedWriter.FencedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Delivers one shard's changes to a listener, batch by batch, and behind that to the feed, until it
 * is stopped, the shard ends, or another instance should read the shard instead.
 */
final class ShardWorker {

  private static final Logger log = LoggerFactory.getLogger(ShardWorker.class);

  /** Consecutive failures before the outage is logged. */
  private static final int FAILURES = 2;

  /** The pause between two batches of a shard with a backlog. */
  private static final Duration PAUSE_WHEN_BEHIND = Duration.ofMillis(100);

  /** The pause between two attempts to reach the cache; short, because callers wait for notices. */
  private static final Duration PAUSE_WHEN_UNREACHABLE = Duration.ofMillis(100);

  /**
   * If the cache did not answer for this long, twice in a row, the shard is left to another
   * instance.
   */
  private static final Duration UNREACHABLE_LIMIT = Duration.ofMillis(300);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final ShardReader reader;
  private final FeedBacklog backlog;
  private final Context context;
  private final Runnable changed;
  private final OutageLog faults =
      new OutageLog(
          log,
          FAILURES,
          "a shard of the table's stream is not read, retrying",
          "a shard of the table's stream is read again");
  private Duration pauseAfterFault;
  private @Nullable Long unreachableSince;
  private volatile @Nullable Instant behindSince;
  private boolean atEnd;
  private volatile State state = State.READING;

  /** The state of a worker. */
  enum State {
    READING,
    /** The shard was read to its end. */
    ENDED,
    /** This instance cannot reach the cache; the current batch is still to be dealt with. */
    UNREACHABLE,
    /** A failure that retrying does not fix. */
    DEAD,
    STOPPED
  }

  /**
   * What all workers share.
   *
   * @param feed where changes are appended behind the listener
   * @param poll the pause between two reads of a shard without news
   * @param nanoTime measures how long the cache does not answer, in nanoseconds from any origin
   * @param clock is compared with the records' own times, for {@link #lag}
   */
  record Context(
      ChangeListener listener,
      FeedWriter feed,
      RepairObserver observer,
      ScheduledExecutorService timer,
      Duration poll,
      LongSupplier nanoTime,
      InstantSource clock) {

    /** Returns how long ago a time was; zero if that is not over by this instance's clock. */
    Duration age(Instant time) {
      Duration age = Duration.between(time, clock.instant());
      return age.isNegative() ? Duration.ZERO : age;
    }
  }

  /**
   * @param fence holds as long as no other instance has taken the shard
   * @param changed run when the worker ends by itself
   */
  ShardWorker(ShardReader reader, Fence fence, Context context, Runnable changed) {
    this.reader = reader;
    this.backlog =
        new FeedBacklog(reader.shard(), reader.checkpoint(), fence, context, this::failed);
    this.context = context;
    this.changed = changed;
    this.pauseAfterFault = context.poll();
  }

  void start() {
    next(Duration.ZERO);
  }

  /** Stops after the batch in flight. */
  void stop() {
    state = State.STOPPED;
    backlog.stop();
  }

  State state() {
    return state;
  }

  /**
   * Returns the sequence number of the last record that was dealt with and is in the feed; empty if
   * there is none. Watchers miss no change, since whoever goes on begins here.
   */
  Optional<String> checkpoint() {
    return backlog.checkpoint();
  }

  /** Returns the age of the oldest change that may still be pending; zero if there is none. */
  Duration lag() {
    Instant since = behindSince;
    return since == null ? Duration.ZERO : context.age(since);
  }

  /** Returns the age of the oldest change that is not in the feed; zero if all are. */
  Duration feedLag() {
    return backlog.lag();
  }

  private void next(Duration pause) {
    if (state == State.READING) {
      var unused = context.timer().schedule(this::work, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void work() {
    if (state != State.READING) {
      return;
    }
    if (backlog.beginsAgain()) {
      reader.rewind(backlog.checkpoint());
      atEnd = false;
    }
    if (atEnd) {
      endOnceFed();
      return;
    }
    var unused =
        CompletableFuture.completedFuture(null)
            .thenCompose(begin -> reader.read())
            .thenCompose(this::delivered)
            .thenAccept(this::done)
            .exceptionally(failure -> {
              failed(failure);
              return null;
            });
  }

  private CompletableFuture<Batch> delivered(Batch batch) {
    if (behindSince == null && !batch.records().isEmpty()) {
      behindSince = timeOf(batch.records().getFirst());
    }
    List<StreamEvent> events = Changes.of(batch.records());
    CompletableFuture<Void> handled =
        events.isEmpty()
            ? CompletableFuture.completedFuture(null)
            : context.listener().handle(events);
    return handled.thenApply(done -> batch);
  }

  private static @Nullable Instant timeOf(Record record) {
    return record.dynamodb().approximateCreationDateTime();
  }

  private void done(Batch batch) {
    faults.succeeded();
    pauseAfterFault = context.poll();
    unreachableSince = null;
    reader.passed(batch);
    backlog.add(batch);
    behindSince = batch.isFull() ? timeOf(batch.records().getLast()) : null;
    context.observer().handled(batch.records().size());
    if (batch.next().isEmpty()) {
      atEnd = true;
      endOnceFed();
    } else {
      next(batch.isFull() ? PAUSE_WHEN_BEHIND : context.poll());
    }
  }

  private void endOnceFed() {
    if (backlog.isDrained()) {
      end(State.ENDED);
    } else {
      if (behindSince == null) {
        behindSince = context.clock().instant(); // nobody reads the shard that follows meanwhile
      }
      next(context.poll());
    }
  }

  private void failed(Throwable failure) {
    Throwable cause = Futures.cause(failure);
    if (behindSince == null) {
      behindSince = context.clock().instant(); // what the shard holds is unknown from now on
    }
    if (cause instanceof FencedException) {
      log.info("shard {} of the table's stream: {}", reader.shard(), cause.getMessage());
      end(State.STOPPED);
    } else if (cause instanceof CacheUnreachableException) {
      unreachable(cause);
    } else if (isPassing(cause)) {
      faults.failed(reader.shard(), cause);
      unreachableSince = null;
      next(pauseAfterFault);
      Duration longer = pauseAfterFault.multipliedBy(2);
      pauseAfterFault = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    } else {
      log.warn("shard {} of the table's stream: its reader failed", reader.shard(), cause);
      end(State.DEAD);
    }
  }

  private void unreachable(Throwable cause) {
    Long since = unreachableSince;
    long now = context.nanoTime().getAsLong();
    if (since == null) {
      unreachableSince = now;
      next(PAUSE_WHEN_UNREACHABLE);
    } else if (now - since < UNREACHABLE_LIMIT.toNanos()) {
      next(PAUSE_WHEN_UNREACHABLE);
    } else {
      log.info("shard {} of the table's stream: {}", reader.shard(), cause.getMessage());
      end(State.UNREACHABLE);
    }
  }

  /** Returns whether a failure is a temporary one of the store or the stream. */
  static boolean isPassing(Throwable cause) {
    return cause instanceof SdkException
        || cause instanceof AccountException
        || cause instanceof TimeoutException
        || cause instanceof CancellationException;
  }

  private void end(State last) {
    if (isFirstEnd(last)) {
      backlog.stop();
      changed.run();
    }
  }

  /** The reader and the feed may end it at the same time. */
  private synchronized boolean isFirstEnd(State last) {
    if (state != State.READING) {
      return false;
    }
    state = last;
    return true;
  }
}
