package accounts.repair.dynamodb;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells leases whose owners are gone. A lease is free when nobody has it, or when its counter stood
 * still for a lease's length by this observer's own clock: clocks need not agree. An owner that is
 * merely slow loses its shard that way, which does no harm: what two do twice is still right.
 */
final class LeaseWatch {

  private final Duration length;
  private final LongSupplier nanoTime;
  private final Map<String, Seen> seen = new HashMap<>();

  private record Seen(ShardLease lease, long since) {}

  /**
   * @param nanoTime nanoseconds from any origin
   */
  LeaseWatch(Duration length, LongSupplier nanoTime) {
    this.length = length;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes note of a lease that was just read.
   *
   * @return whether it may be taken
   */
  boolean isFree(String shard, ShardLease lease) {
    if (lease.owner().isEmpty()) {
      return true;
    }
    long now = nanoTime.getAsLong();
    Seen before = seen.get(shard);
    if (before == null || !before.lease().isSameAs(lease)) {
      seen.put(shard, new Seen(lease, now));
      return false;
    }
    return now - before.since() >= length.toNanos();
  }

  /** Forgets all shards but these. */
  void retain(Collection<String> shards) {
    seen.keySet().retainAll(shards);
  }
}
