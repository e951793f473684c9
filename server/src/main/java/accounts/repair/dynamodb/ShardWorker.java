package accounts.repair.dynamodb;

import accounts.async.OutageLog;
import accounts.domain.EntityKey;
import accounts.repair.ChangeListener;
import accounts.repair.dynamodb.ShardReader.Batch;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener of one shard's changes, a batch at a time, until it is stopped. */
final class ShardWorker {

  private static final Logger log = LoggerFactory.getLogger(ShardWorker.class);

  /** Failures in a row. */
  private static final int FOUL = 2;

  /** Between two batches of a shard that has more than one batch holds. */
  private static final Duration PAUSE_WHEN_BEHIND = Duration.ofMillis(100);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final ShardReader reader;
  private final ChangeListener listener;
  private final ScheduledExecutorService timer;
  private final Duration poll;
  private final OutageLog faults =
      new OutageLog(
          log,
          FOUL,
          "a shard of the table's stream is not read, trying on",
          "a shard of the table's stream is read again");
  private volatile Duration pauseAfterFault;
  private volatile boolean stopped;
  private volatile boolean ended;

  /**
   * @param poll between two looks at a shard that had nothing new
   */
  ShardWorker(
      ShardReader reader, ChangeListener listener, ScheduledExecutorService timer, Duration poll) {
    this.reader = reader;
    this.listener = listener;
    this.timer = timer;
    this.poll = poll;
    this.pauseAfterFault = poll;
  }

  void start() {
    next(Duration.ZERO);
  }

  /** Lets a batch under way end; no other is begun. */
  void stop() {
    stopped = true;
  }

  /** Whether all of the shard is dealt with. */
  boolean isEnded() {
    return ended;
  }

  /** Returns the last record that is dealt with; empty if there is none. */
  Optional<String> checkpoint() {
    return reader.checkpoint();
  }

  private void next(Duration pause) {
    if (!stopped) {
      var unused = timer.schedule(this::work, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void work() {
    var unused =
        reader
            .read()
            .thenCompose(this::told)
            .handle((batch, failure) -> {
              if (failure == null) {
                done(batch);
              } else {
                failed(failure);
              }
              return null;
            });
  }

  private CompletableFuture<Batch> told(Batch batch) {
    Set<EntityKey<?>> changes = Changes.of(batch.records());
    CompletableFuture<Void> told =
        changes.isEmpty() ? CompletableFuture.completedFuture(null) : listener.changed(changes);
    return told.thenApply(done -> batch);
  }

  private void done(Batch batch) {
    faults.fair();
    pauseAfterFault = poll;
    reader.passed(batch);
    if (batch.next().isEmpty()) {
      ended = true;
    } else {
      next(batch.isFull() ? PAUSE_WHEN_BEHIND : poll);
    }
  }

  private void failed(Throwable failure) {
    faults.foul(reader.shard(), failure);
    next(pauseAfterFault);
    Duration longer = pauseAfterFault.multipliedBy(2);
    pauseAfterFault = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }
}
