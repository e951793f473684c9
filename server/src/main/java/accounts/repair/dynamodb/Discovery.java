package accounts.repair.dynamodb;

import accounts.async.OutageLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discovers the shards of the table's stream and keeps the latest result. DynamoDB allows ten
 * DescribeStream calls a second for all instances together, so the stream is described once per
 * {@link #INTERVAL} and page, even after failures, and once more after a shard ended here, so that
 * its children are read at once.
 */
final class Discovery {

  private static final Logger log = LoggerFactory.getLogger(Discovery.class);

  static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Keeps sixteen instances whose shards end at the same time below the limit. */
  static final Duration LEAST = Duration.ofSeconds(2);

  /** The most shards that one call returns. */
  private static final int PAGE = 100;

  private final TableStream stream;
  private final String table;
  private final LongSupplier nanoTime;
  private final Runnable found;
  private final OutageLog faults =
      new OutageLog(
          log,
          1,
          "shards of the table's stream are not found, retrying",
          "shards of the table's stream are found again");
  private @Nullable Long began;
  private boolean running;
  private boolean ended;
  private boolean warned;
  private volatile Found latest = new Found(0, Optional.empty(), List.of());

  /**
   * A stream and its shards.
   *
   * @param number of the description; 0 before the first
   * @param arn empty if the table has no stream, or none was found yet
   */
  record Found(int number, Optional<String> arn, List<Shard> shards) {}

  /**
   * @param nanoTime nanoseconds from any origin
   * @param found run after each description
   */
  Discovery(TableStream stream, String table, LongSupplier nanoTime, Runnable found) {
    this.stream = stream;
    this.table = table;
    this.nanoTime = nanoTime;
    this.found = found;
  }

  Found latest() {
    return latest;
  }

  /** Called when a shard was read to its end here. */
  synchronized void shardEnded() {
    ended = true;
  }

  /** Describes the stream if that is due; returns without waiting for the answer. */
  void run() {
    if (begins()) {
      var unused = stream.arn().thenCompose(this::described).whenComplete(this::end);
    }
  }

  private synchronized boolean begins() {
    long now = nanoTime.getAsLong();
    if (running || (began != null && now - began < (ended ? LEAST : interval()).toNanos())) {
      return false;
    }
    running = true;
    ended = false;
    began = now;
    return true;
  }

  private Duration interval() {
    return INTERVAL.multipliedBy(1 + latest.shards().size() / PAGE);
  }

  private CompletableFuture<Found> described(Optional<String> arn) {
    return arn.map(stream::shards)
        .orElseGet(() -> CompletableFuture.completedFuture(List.of()))
        .thenApply(shards -> new Found(latest.number() + 1, arn, shards));
  }

  private void end(@Nullable Found now, @Nullable Throwable failure) {
    if (isTaken(now, failure)) {
      found.run();
    }
  }

  private synchronized boolean isTaken(@Nullable Found now, @Nullable Throwable failure) {
    running = false;
    if (now == null) {
      faults.failed(table, failure);
      return false;
    }
    faults.succeeded();
    latest = now;
    if (now.arn().isEmpty() && !warned) {
      warned = true;
      log.warn(
          "table {}: no stream (expected: as in docs/operations.md); changes made"
              + " outside the service stay unseen while the cache has the old",
          table);
    }
    return true;
  }
}
