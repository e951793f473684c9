package accounts.repair.dynamodb;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Detects leases whose owners are gone. A lease is free if it has no owner, or if its counter has
 * not moved for the lease's length on this observer's own clock, so clocks need not agree. An owner
 * that is only slow loses its shard that way; that is harmless, since handling a change twice is.
 */
final class LeaseWatch {

  private final Duration length;
  private final LongSupplier nanoTime;
  private final Map<String, Seen> seen = new HashMap<>();

  /**
   * @param since when the lease was first seen as it is
   * @param attended when an owner last showed that it was alive; when the name was first seen, if
   *     it had no owner then
   */
  private record Seen(Optional<ShardLease> lease, long since, long attended) {

    boolean isOf(Optional<ShardLease> other) {
      return lease.isPresent() == other.isPresent()
          && (lease.isEmpty() || lease.get().isSameAs(other.get()));
    }
  }

  /**
   * @param nanoTime nanoseconds from any origin
   */
  LeaseWatch(Duration length, LongSupplier nanoTime) {
    this.length = length;
    this.nanoTime = nanoTime;
  }

  /**
   * Records a lease that was just read.
   *
   * @return whether it may be taken
   */
  boolean isFree(String name, ShardLease lease) {
    Seen now = noted(name, Optional.of(lease));
    return lease.owner().isEmpty() || nanoTime.getAsLong() - now.since() >= length.toNanos();
  }

  /**
   * Records a lease that was just read.
   *
   * @param lease empty if there is none
   * @return how long no owner has shown that it is alive; zero for a lease seen for the first time
   */
  Duration silence(String name, Optional<ShardLease> lease) {
    return Duration.ofNanos(nanoTime.getAsLong() - noted(name, lease).attended());
  }

  /** Returns whether an owner that was silent for this long is considered alive. */
  boolean isAttended(Duration silence) {
    return silence.compareTo(length) < 0;
  }

  private Seen noted(String name, Optional<ShardLease> lease) {
    Seen before = seen.get(name);
    if (before != null && before.isOf(lease)) {
      return before;
    }
    long now = nanoTime.getAsLong();
    boolean owned = lease.flatMap(ShardLease::owner).isPresent();
    Seen next = new Seen(lease, now, before == null || owned ? now : before.attended());
    seen.put(name, next);
    return next;
  }

  /** Forgets all other leases. */
  void retain(Collection<String> names) {
    seen.keySet().retainAll(names);
  }
}
