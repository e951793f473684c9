package accounts.repair.dynamodb;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shards that this instance reads, and its leases on them. */
final class HeldShards {

  private static final Logger log = LoggerFactory.getLogger(HeldShards.class);

  private final LeaseTable leases;
  private final Duration length;
  private final LongSupplier nanoTime;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /**
   * @param since when the lease's last change began
   */
  private record Held(ShardLease lease, long since, ShardWorker worker) {}

  /**
   * @param length how long a lease lasts that is not renewed
   */
  HeldShards(LeaseTable leases, Duration length, LongSupplier nanoTime) {
    this.leases = leases;
    this.length = length;
    this.nanoTime = nanoTime;
  }

  /** Begins to read a shard whose lease was just taken. */
  void begin(String shard, ShardLease lease, ShardWorker worker) {
    held.put(shard, new Held(lease, nanoTime.getAsLong(), worker));
    worker.start();
  }

  Set<String> shards() {
    return Set.copyOf(held.keySet());
  }

  /**
   * Renews all leases, which keeps how far each shard is read. Never fails.
   *
   * @return whether a shard was read to its end
   */
  CompletableFuture<Boolean> renew() {
    List<CompletableFuture<Boolean>> all =
        held.entrySet().stream().map(entry -> renew(entry.getKey(), entry.getValue())).toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> all.stream().anyMatch(CompletableFuture::resultNow));
  }

  private CompletableFuture<Boolean> renew(String shard, Held now) {
    boolean ended = now.worker().isEnded();
    Optional<String> reached = now.worker().checkpoint();
    ShardLease next = ended ? now.lease().finished(reached) : now.lease().renewed(reached);
    long began = nanoTime.getAsLong();
    return leases
        .write(shard, Optional.of(now.lease()), next)
        .handle((kept, failure) -> {
          if (failure != null) {
            dropIfLapsed(shard, now);
            return false;
          }
          if (!kept || ended) {
            drop(shard, now, ended ? "read to its end" : "taken by another instance");
            return ended;
          }
          held.replace(shard, now, new Held(next, began, now.worker()));
          return false;
        });
  }

  private void dropIfLapsed(String shard, Held now) {
    if (nanoTime.getAsLong() - now.since() >= length.toNanos()) {
      drop(shard, now, "lease not renewed in time");
    }
  }

  private void drop(String shard, Held now, String why) {
    now.worker().stop();
    held.remove(shard, now);
    log.info("shard {} of the table's stream: {}", shard, why);
  }

  /** Lets go of the shards that are no longer there. */
  void retain(Collection<String> shards) {
    held.forEach((shard, now) -> {
      if (!shards.contains(shard)) {
        drop(shard, now, "gone");
      }
    });
  }

  /** Stops reading, and leaves the shards to whoever takes them. Never fails. */
  CompletableFuture<Void> release() {
    List<CompletableFuture<Boolean>> all =
        held.entrySet().stream().map(entry -> release(entry.getKey(), entry.getValue())).toList();
    held.clear();
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Boolean> release(String shard, Held now) {
    now.worker().stop();
    return leases
        .write(shard, Optional.of(now.lease()), now.lease().released(now.worker().checkpoint()))
        // A lease that is not released lapses.
        .exceptionally(failure -> false);
  }
}
