package accounts.repair.dynamodb;

import accounts.async.Futures;
import accounts.repair.RepairObserver;
import accounts.repair.dynamodb.ShardWorker.State;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shards that this instance owns: their ownerships, and the workers that read them. */
final class HeldShards {

  private static final Logger log = LoggerFactory.getLogger(HeldShards.class);

  private final OwnershipTable ownerships;
  private final Duration length;
  private final Duration renewal;
  private final LongSupplier nanoTime;
  private final RepairObserver observer;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /**
   * @param since when the last change of the ownership began
   */
  private record Held(ShardOwnership ownership, long since, ShardWorker worker) {}

  /**
   * @param length how long an ownership lasts that is not renewed
   * @param renewal how often it is renewed
   */
  HeldShards(
      OwnershipTable ownerships,
      Duration length,
      Duration renewal,
      LongSupplier nanoTime,
      RepairObserver observer) {
    this.ownerships = ownerships;
    this.length = length;
    this.renewal = renewal;
    this.nanoTime = nanoTime;
    this.observer = observer;
  }

  /** Begins to read a shard whose ownership was just taken. */
  void begin(String shard, ShardOwnership ownership, ShardWorker worker) {
    held.put(shard, new Held(ownership, nanoTime.getAsLong(), worker));
    worker.start();
  }

  Set<String> shards() {
    return Set.copyOf(held.keySet());
  }

  /** Returns the states that the workers are in. */
  Set<State> states() {
    return held.values().stream().map(now -> now.worker().state()).collect(Collectors.toSet());
  }

  /** Returns the age of the oldest change that may still be pending. */
  Duration lag() {
    return longest(ShardWorker::lag);
  }

  /** Returns the age of the oldest change that is not in the feed. */
  Duration feedLag() {
    return longest(ShardWorker::feedLag);
  }

  private Duration longest(Function<ShardWorker, Duration> lag) {
    return held.values().stream()
        .map(now -> lag.apply(now.worker()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Stops all running workers; the next {@link #maintain} releases their shards. */
  void stopAll() {
    held.values().stream()
        .map(Held::worker)
        .filter(worker -> worker.state() == State.READING)
        .forEach(ShardWorker::stop);
  }

  /**
   * Updates the ownership of each shard: renews those of shards being read, with their checkpoints;
   * ends those of shards read to their ends; and releases the others. Never fails.
   *
   * @return whether a shard was read to its end
   */
  CompletableFuture<Boolean> maintain() {
    List<CompletableFuture<Boolean>> all =
        held.entrySet().stream().map(entry -> maintain(entry.getKey(), entry.getValue())).toList();
    return Futures.allOf(all)
        .thenApply(done -> all.stream().anyMatch(CompletableFuture::resultNow));
  }

  private CompletableFuture<Boolean> maintain(String shard, Held now) {
    State state = now.worker().state();
    Optional<String> reached = now.worker().checkpoint();
    return switch (state) {
      case READING ->
          nanoTime.getAsLong() - now.since() < renewal.toNanos()
              ? CompletableFuture.completedFuture(false)
              : write(shard, now, now.ownership().renewed(reached), state);
      case ENDED -> write(shard, now, now.ownership().finished(reached), state);
      case UNREACHABLE, DEAD, STOPPED ->
          write(shard, now, now.ownership().released(reached), state);
    };
  }

  private CompletableFuture<Boolean> write(
      String shard, Held now, ShardOwnership next, State state) {
    long began = nanoTime.getAsLong();
    return ownerships
        .write(shard, Optional.of(now.ownership()), next)
        .handle((kept, failure) -> {
          if (failure != null) {
            dropIfLapsed(shard, now);
            return false;
          }
          if (!kept) {
            drop(shard, now, "taken by another instance");
            return false;
          }
          written(shard, now, new Held(next, began, now.worker()), state);
          return state == State.ENDED;
        });
  }

  private void written(String shard, Held before, Held next, State state) {
    switch (state) {
      case READING -> held.replace(shard, before, next);
      case ENDED -> drop(shard, before, "read to its end");
      case UNREACHABLE, DEAD, STOPPED -> {
        drop(shard, before, "given up");
        observer.shardGivenUp();
      }
    }
  }

  private void dropIfLapsed(String shard, Held now) {
    if (nanoTime.getAsLong() - now.since() >= length.toNanos()) {
      drop(shard, now, "ownership not renewed in time");
    }
  }

  private void drop(String shard, Held now, String why) {
    now.worker().stop();
    held.remove(shard, now);
    log.info("shard {} of the table's stream: {}", shard, why);
  }

  /** Forgets shards that no longer exist. */
  void retain(Collection<String> shards) {
    held.forEach((shard, now) -> {
      if (!shards.contains(shard)) {
        drop(shard, now, "gone");
      }
    });
  }

  /** Stops reading and releases all shards. Never fails. */
  CompletableFuture<Void> release() {
    stopAll();
    return maintain().thenAccept(ended -> {});
  }
}
