package accounts.repair.dynamodb;

import accounts.repair.dynamodb.CandidateTable.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether this instance is one of the few that read the stream, so that a fleet of
 * thousands does not poll DynamoDB for shards and ownerships. There are {@link
 * CandidateTable#SLOTS} slots; an instance that holds one is a candidate for the ownership of
 * shards. An instance that cannot reach the cache gives its slot up. One that finds all slots taken
 * reads the slots every {@link #PASSIVE}, and as often as it is asked whether the repair is active,
 * but no shards and no ownerships; it takes over a slot whose holder has stopped renewing it.
 */
final class Candidacy {

  private static final Logger log = LoggerFactory.getLogger(Candidacy.class);

  /**
   * How often an instance without a slot reads the slots, and how long a slot lasts without
   * renewal.
   */
  static final Duration PASSIVE = Duration.ofSeconds(10);

  /** How often an instance that may find a free slot reads them: a little less than a round. */
  private static final Duration EAGER = Duration.ofMillis(450);

  /** How often an instance that only wants to know whether the repair is active reads the slots. */
  private static final Duration ASKED = Duration.ofMillis(950);

  private final CandidateTable table;
  private final String instance;
  private final Duration renewal;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final OwnershipWatch watch;
  private volatile @Nullable Integer slot;
  private @Nullable Long renewed;
  private @Nullable Long read;
  private boolean full;

  /**
   * An instance's input to one round.
   *
   * @param reachable whether it can reach the cache
   * @param active whether, as far as it knows, every shard is being read
   * @param asked whether anybody asked if the repair is active
   */
  record Round(boolean reachable, boolean active, boolean asked) {}

  /**
   * @param renewal how often a candidate renews its slot
   * @param nanoTime nanoseconds from any origin
   */
  Candidacy(
      CandidateTable table,
      String instance,
      Duration renewal,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.table = table;
    this.instance = instance;
    this.renewal = renewal;
    this.nanoTime = nanoTime;
    this.random = random;
    this.watch = new OwnershipWatch(PASSIVE, nanoTime);
  }

  boolean isCandidate() {
    return slot != null;
  }

  /**
   * Takes, renews, or gives up a slot.
   *
   * @return whether the repair is active as the candidates see it; empty if they were not read.
   *     Fails as the table does
   */
  CompletableFuture<Optional<Boolean>> pass(Round round) {
    Integer mine = slot;
    if (mine == null) {
      return isDue(round) ? readSlots(round) : unknown();
    }
    return round.reachable()
        ? renewed(mine, round)
        : release().thenCompose(done -> readSlots(round));
  }

  private static CompletableFuture<Optional<Boolean>> unknown() {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private boolean isDue(Round round) {
    Long before = read;
    if (before == null) {
      return true;
    }
    Duration pace = round.reachable() && !full ? EAGER : round.asked() ? ASKED : PASSIVE;
    return nanoTime.getAsLong() - before >= pace.toNanos();
  }

  private CompletableFuture<Optional<Boolean>> renewed(int mine, Round round) {
    long now = nanoTime.getAsLong();
    Long before = renewed;
    if (before != null && now - before < renewal.toNanos()) {
      return unknown();
    }
    return table
        .renew(mine, instance, round.active())
        .thenCompose(kept -> {
          renewed = now;
          if (!kept) {
            slot = null;
          }
          return unknown();
        });
  }

  private CompletableFuture<Optional<Boolean>> readSlots(Round round) {
    read = nanoTime.getAsLong();
    return table
        .read()
        .thenCompose(candidates -> {
          List<Integer> free = new ArrayList<>();
          boolean active = false;
          for (int number = 0; number < CandidateTable.SLOTS; number++) {
            Optional<Candidate> holder = Optional.ofNullable(candidates.get(number));
            boolean lives = lives(number, holder);
            if (!lives || holder.isEmpty() || holder.get().instance().equals(instance)) {
              free.add(number);
            } else {
              active |= holder.get().active();
            }
          }
          full = free.isEmpty();
          boolean others = active;
          return taken(round, free, candidates).thenApply(done -> Optional.of(others));
        });
  }

  private boolean lives(int number, Optional<Candidate> holder) {
    String name = Integer.toString(number);
    Optional<ShardOwnership> ownership =
        holder.map(candidate ->
            new ShardOwnership(
                Optional.of(candidate.instance()), candidate.counter(), Optional.empty(), false));
    return watch.isAttended(watch.silence(name, ownership));
  }

  private CompletableFuture<Void> taken(
      Round round, List<Integer> free, Map<Integer, Candidate> candidates) {
    if (!round.reachable() || free.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    int wanted = wanted(free, candidates);
    long now = nanoTime.getAsLong();
    return table
        .take(wanted, Optional.ofNullable(candidates.get(wanted)), instance)
        .thenAccept(won -> {
          if (won) {
            slot = wanted;
            renewed = now;
            log.info("may read the table's stream: candidate {}", wanted);
          }
        });
  }

  /**
   * Returns the slot that was taken before, if the answer to that was lost; otherwise a random one,
   * since instances that start together would all try the first.
   */
  private int wanted(List<Integer> free, Map<Integer, Candidate> candidates) {
    return candidates.entrySet().stream()
        .filter(entry -> entry.getValue().instance().equals(instance))
        .map(Map.Entry::getKey)
        .findAny()
        .orElseGet(() -> free.get(random.nextInt(free.size())));
  }

  /** Releases the slot; one whose release fails expires. Never fails. */
  CompletableFuture<Void> release() {
    Integer mine = slot;
    slot = null;
    return mine == null
        ? CompletableFuture.completedFuture(null)
        : table.release(mine, instance).handle((done, failure) -> null);
  }
}
