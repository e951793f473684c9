package accounts.repair.dynamodb;

import java.util.Optional;

/**
 * The ownership lease of a shard: who reads it, and how far it got.
 *
 * @param owner the instance that reads it; empty if nobody does
 * @param counter incremented with every change of the lease, which shows others that the owner is
 *     alive
 * @param checkpoint sequence number of the last record that is dealt with; empty if none is yet
 * @param finished whether the shard was read to its end
 */
record ShardLease(
    Optional<String> owner, long counter, Optional<String> checkpoint, boolean finished) {

  /** Returns the first lease of a shard. */
  static ShardLease first(String owner) {
    return new ShardLease(Optional.of(owner), 1, Optional.empty(), false);
  }

  /** Returns this lease with another owner. */
  ShardLease takenBy(String other) {
    return new ShardLease(Optional.of(other), counter + 1, checkpoint, finished);
  }

  /** Returns this lease renewed, with its owner's checkpoint. */
  ShardLease renewed(Optional<String> reached) {
    return new ShardLease(owner, counter + 1, reached.or(() -> checkpoint), finished);
  }

  /** Returns this lease as finished: the shard was read to its end. */
  ShardLease finished(Optional<String> reached) {
    return new ShardLease(owner, counter + 1, reached.or(() -> checkpoint), true);
  }

  /** Returns this lease without an owner, for any instance to take. */
  ShardLease released(Optional<String> reached) {
    return new ShardLease(Optional.empty(), counter + 1, reached.or(() -> checkpoint), finished);
  }

  /** Returns whether both are the same lease, apart from the checkpoint. */
  boolean isSameAs(ShardLease other) {
    return owner.equals(other.owner) && counter == other.counter && finished == other.finished;
  }

  /** Returns where the next owner continues to read. */
  Position position() {
    // Without a checkpoint, an owner began and got nowhere: all records since are still to be read.
    return checkpoint.<Position>map(Position.After::new).orElseGet(Position.Horizon::new);
  }
}
