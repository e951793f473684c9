package accounts.repair.dynamodb;

import accounts.async.OutageLog;
import accounts.repair.ChangeListener;
import accounts.repair.dynamodb.ShardPlan.Claim;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/**
 * Tells a listener of every change of the table, at least once, those of one item in their order.
 * The consumers of all instances share the shards of the stream: each is read by the one that has
 * its lease. Never fails: what it cannot do now it tries again.
 */
public final class StreamConsumer {

  private static final Logger log = LoggerFactory.getLogger(StreamConsumer.class);

  /** Failures in a row. */
  private static final int FOUL = 2;

  /** Leases are renewed this often while they last. */
  private static final int RENEWALS = 3;

  /** DynamoDB describes streams ten times a second at the most, for all instances together. */
  private static final Duration DISCOVERY = Duration.ofSeconds(10);

  private final String instance = UUID.randomUUID().toString();
  private final DynamoDbStreamsAsyncClient streams;
  private final String table;
  private final ChangeListener listener;
  private final Timing timing;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer;
  private final TableStream stream;
  private final LeaseTable leases;
  private final LeaseWatch watch;
  private final HeldShards held;
  private final OutageLog faults =
      new OutageLog(
          log,
          FOUL,
          "shards of the table's stream are not found, trying on",
          "shards of the table's stream are found again");
  private volatile @Nullable Discovered discovered;
  private volatile boolean told;
  private volatile boolean stopped;

  /**
   * How long things take.
   *
   * @param poll between two looks at a shard
   * @param lease after which an instance that is silent loses its shards
   */
  public record Timing(Duration poll, Duration lease) {

    Duration renewal() {
      return lease.dividedBy(RENEWALS);
    }
  }

  private record Discovered(Optional<String> arn, List<Shard> shards, long at) {}

  /**
   * @param client stays the caller's to close, as does {@code streams}
   * @param clock dates the expiry of leases whose shards are gone
   * @param nanoTime judges leases, in nanoseconds from any origin
   * @param timer must not be blocked, nor shut down before {@link #stop}
   */
  public StreamConsumer(
      DynamoDbAsyncClient client,
      DynamoDbStreamsAsyncClient streams,
      String table,
      ChangeListener listener,
      Timing timing,
      InstantSource clock,
      LongSupplier nanoTime,
      ScheduledExecutorService timer) {
    this.streams = streams;
    this.table = table;
    this.listener = listener;
    this.timing = timing;
    this.nanoTime = nanoTime;
    this.timer = timer;
    this.stream = new TableStream(client, streams, table, timing.renewal());
    this.leases = new LeaseTable(client, table, timing.renewal(), clock);
    this.watch = new LeaseWatch(timing.lease(), nanoTime);
    this.held = new HeldShards(leases, timing.lease(), nanoTime);
  }

  /** Reads from now on until it is stopped. */
  public void start() {
    next(Duration.ZERO);
  }

  private void next(Duration pause) {
    if (!stopped) {
      var unused = timer.schedule(this::round, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void round() {
    var unused =
        held.renew()
            .thenCompose(this::discover)
            .thenCompose(this::take)
            .handle((done, failure) -> {
              if (failure == null) {
                faults.fair();
              } else {
                // The stream may be another one by now.
                discovered = null;
                faults.foul(table, failure);
              }
              next(timing.renewal());
              return null;
            });
  }

  /**
   * @param ended whether a shard was read to its end: its children are to be found at once
   */
  private CompletableFuture<Discovered> discover(boolean ended) {
    Discovered known = discovered;
    if (known != null && !ended && nanoTime.getAsLong() - known.at() < DISCOVERY.toNanos()) {
      return CompletableFuture.completedFuture(known);
    }
    return stream
        .arn()
        .thenCompose(arn -> {
          tellIfMissing(arn);
          return arn.map(stream::shards)
              .orElseGet(() -> CompletableFuture.completedFuture(List.of()))
              .thenApply(shards -> {
                Discovered found = new Discovered(arn, shards, nanoTime.getAsLong());
                discovered = found;
                return found;
              });
        });
  }

  private void tellIfMissing(Optional<String> arn) {
    if (arn.isEmpty() && !told) {
      told = true;
      log.warn(
          "table {}: no stream (expected: as in docs/operations.md); changes made"
              + " outside the service stay unseen while the cache has the old",
          table);
    }
  }

  private CompletableFuture<Void> take(Discovered found) {
    Collection<String> ids = found.shards().stream().map(Shard::id).collect(Collectors.toSet());
    held.retain(ids);
    watch.retain(ids);
    return leases
        .read(ids)
        .thenCompose(known -> {
          List<Claim> claims =
              new ShardPlan(found.shards(), known)
                  .claims((shard, lease) ->
                      !held.shards().contains(shard) && watch.isFree(shard, lease));
          return CompletableFuture.allOf(
              claims.stream()
                  .map(claim -> take(found.arn().orElseThrow(), claim))
                  .toArray(CompletableFuture<?>[]::new));
        });
  }

  private CompletableFuture<Void> take(String arn, Claim claim) {
    ShardLease lease =
        claim.seen().map(seen -> seen.takenBy(instance)).orElse(ShardLease.first(instance));
    return leases
        .write(claim.shard(), claim.seen(), lease)
        .thenAccept(taken -> {
          if (taken && !stopped) {
            log.info("shard {} of the table's stream: read here", claim.shard());
            ShardReader reader =
                new ShardReader(streams, arn, claim.shard(), claim.from(), timing.renewal());
            held.begin(
                claim.shard(), lease, new ShardWorker(reader, listener, timer, timing.poll()));
          }
        });
  }

  /**
   * Stops reading, and leaves the shards to others.
   *
   * @return completes when that is done; never fails, and takes no longer than a lease's renewal
   */
  public CompletableFuture<Void> stop() {
    stopped = true;
    return held.release();
  }
}
