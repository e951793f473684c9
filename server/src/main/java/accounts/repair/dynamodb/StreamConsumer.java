package accounts.repair.dynamodb;

import accounts.async.OutageLog;
import accounts.repair.CacheProbe;
import accounts.repair.ChangeListener;
import accounts.repair.RepairObserver;
import accounts.repair.dynamodb.Discovery.Found;
import accounts.repair.dynamodb.ShardPlan.Claim;
import accounts.repair.dynamodb.ShardWorker.State;
import accounts.store.FeedWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/**
 * Delivers every change of the table to a listener, and those of entities to the feed for watchers,
 * at least once, with the changes of one item in order. The consumers of all instances share the
 * shards of the stream, each read by the instance that owns it. An instance that cannot reach the
 * cache gives its shards up and takes none until it can. Failures are retried.
 *
 * <p>At most sixteen instances take part at a time ({@link Candidacy}); all others only learn
 * whether the repair is active, when they ask.
 */
public final class StreamConsumer {

  private static final Logger log = LoggerFactory.getLogger(StreamConsumer.class);

  /** Consecutive failures before the outage is logged. */
  private static final int FAILURES = 2;

  /** How long an instance that gave up a shard takes none. */
  private static final Duration COOL_OFF = Duration.ofSeconds(2);

  /** How long a candidate relies on the ownerships that it read. */
  private static final Duration VIEW = Duration.ofSeconds(2);

  private final String instance = UUID.randomUUID().toString();
  private final DynamoDbStreamsAsyncClient streams;
  private final String table;
  private final Part part;
  private final RepairTiming timing;
  private final LongSupplier nanoTime;
  private final Rounds rounds;
  private final OwnershipTable ownershipTable;
  private final LiveOwnerships ownerships;
  private final OwnershipWatch watch;
  private final HeldShards held;
  private final Discovery discovery;
  private final Candidacy candidacy;
  private final ShardWorker.Context workers;
  private final RepairActivity activity;
  private final OutageLog faults =
      new OutageLog(
          log,
          FAILURES,
          "ownership of the table's stream is not renewed, retrying",
          "ownership of the table's stream is renewed again");
  private boolean unreachable;
  private volatile boolean stopping;
  private @Nullable Long gaveUp;
  private volatile Duration unattended = Duration.ZERO;

  /**
   * The consumer's collaborators.
   *
   * @param listener handles the changes
   * @param feed gets them, too, once they are handled
   * @param probe asked before a shard is taken
   * @param observer notified of what was done
   */
  public record Part(
      ChangeListener listener, FeedWriter feed, CacheProbe probe, RepairObserver observer) {}

  /**
   * @param client stays the caller's to close, as does {@code streams}
   * @param clock dates the expiry of ownerships whose shards are gone, and measures the lag
   * @param nanoTime judges ownerships, in nanoseconds from any origin
   * @param timer must not be blocked, nor shut down before {@link #stop}
   */
  public StreamConsumer(
      DynamoDbAsyncClient client,
      DynamoDbStreamsAsyncClient streams,
      String table,
      Part part,
      RepairTiming timing,
      InstantSource clock,
      LongSupplier nanoTime,
      ScheduledExecutorService timer) {
    this.streams = streams;
    this.table = table;
    this.part = part;
    this.timing = timing;
    this.nanoTime = nanoTime;
    this.activity = new RepairActivity(nanoTime);
    Duration renewal = timing.renewal();
    this.rounds = new Rounds(timer, timing.round(), this::round);
    this.ownershipTable = new OwnershipTable(client, table, renewal, clock);
    this.ownerships = new LiveOwnerships(ownershipTable);
    this.watch = new OwnershipWatch(timing.ownership(), nanoTime);
    this.held =
        new HeldShards(ownershipTable, timing.ownership(), renewal, nanoTime, part.observer());
    this.discovery =
        new Discovery(
            new TableStream(client, streams, table, renewal), table, nanoTime, rounds::soon);
    this.candidacy =
        new Candidacy(
            new CandidateTable(client, table, renewal), instance, renewal, nanoTime, new Random());
    this.workers =
        new ShardWorker.Context(
            part.listener(), part.feed(), part.observer(), timer, timing.poll(), nanoTime, clock);
  }

  /** Starts to read, until it is stopped. */
  public void start() {
    rounds.start();
  }

  /**
   * Returns whether all shards are being read by some instance, as far as this one knows. A shard
   * whose owner gave it up, or died, still counts for the length of an ownership, within which
   * another instance takes it. Does not block.
   */
  public boolean isRepairActive() {
    return activity.ask();
  }

  /**
   * Returns how far the repair is behind in the shards of this instance: the age of the oldest
   * change that may still be pending in a shard that it reads, or how long a shard has had no
   * reader. Zero if nothing is pending.
   */
  public Duration lag() {
    Duration own = held.lag();
    return own.compareTo(unattended) > 0 ? own : unattended;
  }

  /**
   * Returns how far the feed is behind in the shards of this instance: the age of the oldest change
   * that is not in it; zero if all are.
   */
  public Duration feedLag() {
    return held.feedLag();
  }

  private CompletableFuture<Void> round() {
    Set<State> states = held.states();
    if (states.contains(State.UNREACHABLE)) {
      unreachable = true;
      held.stopAll();
    }
    if (states.contains(State.UNREACHABLE) || states.contains(State.DEAD)) {
      gaveUp = nanoTime.getAsLong();
    }
    return held.maintain()
        .thenCompose(ended -> {
          if (ended) {
            discovery.shardEnded();
          }
          return recovered();
        })
        .thenCompose(done -> stopping ? CompletableFuture.completedFuture(null) : share())
        .handle((done, failure) -> {
          if (failure == null) {
            faults.succeeded();
          } else {
            faults.failed(table, failure);
          }
          return null;
        });
  }

  private CompletableFuture<Void> share() {
    return candidacy.pass(candidacyRound()).thenCompose(this::ownShards);
  }

  /** After a failure, probes whether the cache can be reached again. */
  private CompletableFuture<Void> recovered() {
    return unreachable && !isCoolingOff()
        ? part.probe().isReachable().thenAccept(reachable -> unreachable = !reachable)
        : CompletableFuture.completedFuture(null);
  }

  private boolean isCoolingOff() {
    Long since = gaveUp;
    return since != null && nanoTime.getAsLong() - since < COOL_OFF.toNanos();
  }

  private Candidacy.Round candidacyRound() {
    return new Candidacy.Round(!unreachable, activity.isActive(), activity.takeAsked());
  }

  /**
   * @param others whether the repair is active according to the candidates, if they were read
   */
  private CompletableFuture<Void> ownShards(Optional<Boolean> others) {
    if (stopping) {
      return CompletableFuture.completedFuture(null);
    }
    if (candidacy.isCandidate()) {
      discovery.run();
      return shared(discovery.latest());
    }
    held.stopAll(); // if it lost its slot, others take its shards
    unattended = Duration.ZERO;
    others.ifPresent(active -> activity.judge(active, Candidacy.PASSIVE.plus(VIEW)));
    return CompletableFuture.completedFuture(null);
  }

  /** Reads the ownerships and takes the shards without a reader. */
  private CompletableFuture<Void> shared(Found found) {
    if (found.arn().isEmpty()) {
      activity.judge(false, VIEW);
      return CompletableFuture.completedFuture(null);
    }
    Set<String> ids = LiveOwnerships.ids(found.shards());
    held.retain(ids);
    watch.retain(ids);
    return ownerships
        .read(found)
        .thenCompose(plan -> {
          note(plan);
          Set<String> mine = held.shards();
          return takenIfReachable(
              found.arn().get(),
              plan.claims(
                  (shard, ownership) -> !mine.contains(shard) && watch.isFree(shard, ownership)));
        });
  }

  private void note(ShardPlan plan) {
    Set<String> due = plan.due();
    Duration longest =
        due.stream()
            .map(shard -> watch.silence(shard, plan.ownership(shard)))
            .filter(silence -> !watch.isAttended(silence))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    unattended = longest;
    activity.judge(!due.isEmpty() && longest.isZero(), VIEW);
  }

  private CompletableFuture<Void> takenIfReachable(String arn, List<Claim> claims) {
    if (claims.isEmpty() || isCoolingOff()) {
      return CompletableFuture.completedFuture(null);
    }
    return part.probe()
        .isReachable()
        .thenCompose(reachable -> {
          unreachable = !reachable;
          return CompletableFuture.allOf(
              claims.stream()
                  .filter(claim -> reachable && !stopping)
                  .map(claim -> taken(arn, claim))
                  .toArray(CompletableFuture<?>[]::new));
        });
  }

  private CompletableFuture<Void> taken(String arn, Claim claim) {
    ShardOwnership ownership =
        claim.seen().map(seen -> seen.takenBy(instance)).orElse(ShardOwnership.first(instance));
    return ownershipTable
        .write(claim.shard(), claim.seen(), ownership)
        .thenAccept(won -> {
          if (won) {
            log.info("shard {} of the table's stream: read here", claim.shard());
            ShardReader reader =
                new ShardReader(streams, arn, claim.shard(), claim.from(), timing.renewal());
            ShardWorker worker =
                new ShardWorker(
                    reader, OwnershipTable.fence(claim.shard(), instance), workers, rounds::soon);
            held.begin(claim.shard(), ownership, worker);
          }
        });
  }

  /**
   * Stops reading and releases the shards.
   *
   * @return completes when that is done; never fails, and takes no longer than a few calls to the
   *     table
   */
  public CompletableFuture<Void> stop() {
    stopping = true; // a round that a slow table holds up takes nothing any more
    return rounds
        .stop()
        .completeOnTimeout(null, timing.renewal().toNanos(), TimeUnit.NANOSECONDS)
        .thenCompose(done -> CompletableFuture.allOf(held.release(), candidacy.release()));
  }
}
