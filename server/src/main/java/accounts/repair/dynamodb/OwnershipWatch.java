package accounts.repair.dynamodb;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Detects ownerships whose owners are gone. An ownership is free if it has no owner, or if its
 * counter has not moved for the ownership's length on this observer's own clock, so clocks need not
 * agree. An owner that is only slow loses its shard that way; that is harmless, since handling a
 * change twice is.
 */
final class OwnershipWatch {

  private final Duration length;
  private final LongSupplier nanoTime;
  private final Map<String, Seen> seen = new HashMap<>();

  /**
   * @param since when the ownership was first seen as it is
   * @param attended when an owner last showed that it was alive; when the name was first seen, if
   *     it had no owner then
   */
  private record Seen(Optional<ShardOwnership> ownership, long since, long attended) {

    boolean isOf(Optional<ShardOwnership> other) {
      return ownership.isPresent() == other.isPresent()
          && (ownership.isEmpty() || ownership.get().isSameAs(other.get()));
    }
  }

  /**
   * @param nanoTime nanoseconds from any origin
   */
  OwnershipWatch(Duration length, LongSupplier nanoTime) {
    this.length = length;
    this.nanoTime = nanoTime;
  }

  /**
   * Records an ownership that was just read.
   *
   * @return whether it may be taken
   */
  boolean isFree(String name, ShardOwnership ownership) {
    Seen now = noted(name, Optional.of(ownership));
    return ownership.owner().isEmpty() || nanoTime.getAsLong() - now.since() >= length.toNanos();
  }

  /**
   * Records an ownership that was just read.
   *
   * @param ownership empty if there is none
   * @return how long no owner has shown that it is alive; zero for an ownership seen for the first
   *     time
   */
  Duration silence(String name, Optional<ShardOwnership> ownership) {
    return Duration.ofNanos(nanoTime.getAsLong() - noted(name, ownership).attended());
  }

  /** Returns whether an owner that was silent for this long is considered alive. */
  boolean isAttended(Duration silence) {
    return silence.compareTo(length) < 0;
  }

  private Seen noted(String name, Optional<ShardOwnership> ownership) {
    Seen before = seen.get(name);
    if (before != null && before.isOf(ownership)) {
      return before;
    }
    long now = nanoTime.getAsLong();
    boolean owned = ownership.flatMap(ShardOwnership::owner).isPresent();
    Seen next = new Seen(ownership, now, before == null || owned ? now : before.attended());
    seen.put(name, next);
    return next;
  }

  /** Forgets all other ownerships. */
  void retain(Collection<String> names) {
    seen.keySet().retainAll(names);
  }
}
