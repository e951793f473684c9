package accounts.repair.dynamodb;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

  /**
   * @param since when the lease was first seen as it is
   * @param attended when an owner last showed that it lives; the first time that the name was seen,
   *     if there was no owner then
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
   * Takes note of a lease that was just read.
   *
   * @return whether it may be taken
   */
  boolean isFree(String name, ShardLease lease) {
    Seen now = noted(name, Optional.of(lease));
    return lease.owner().isEmpty() || nanoTime.getAsLong() - now.since() >= length.toNanos();
  }

  /**
   * Takes note of a lease that was just read.
   *
   * @param lease empty if there is none
   * @return for how long no owner has shown that it lives; what is seen for the first time is taken
   *     to have one
   */
  Duration silence(String name, Optional<ShardLease> lease) {
    return Duration.ofNanos(nanoTime.getAsLong() - noted(name, lease).attended());
  }

  /** Whether an owner that has been silent for so long is taken to live. */
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

  /** Forgets all leases but these. */
  void retain(Collection<String> names) {
    seen.keySet().retainAll(names);
  }
}
