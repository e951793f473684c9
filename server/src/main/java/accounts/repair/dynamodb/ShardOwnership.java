package accounts.repair.dynamodb;

import java.util.Optional;

/**
 * The ownership of a shard: who reads it, and how far it got.
 *
 * @param owner the instance that reads it; empty if nobody does
 * @param counter incremented with every change of the ownership, which shows others that the owner
 *     is alive
 * @param checkpoint sequence number of the last record that is dealt with; empty if none is yet
 * @param finished whether the shard was read to its end
 */
record ShardOwnership(
    Optional<String> owner, long counter, Optional<String> checkpoint, boolean finished) {

  /** Returns the first ownership of a shard. */
  static ShardOwnership first(String owner) {
    return new ShardOwnership(Optional.of(owner), 1, Optional.empty(), false);
  }

  /** Returns this ownership with another owner. */
  ShardOwnership takenBy(String other) {
    return new ShardOwnership(Optional.of(other), counter + 1, checkpoint, finished);
  }

  /** Returns this ownership renewed, with its owner's checkpoint. */
  ShardOwnership renewed(Optional<String> reached) {
    return new ShardOwnership(owner, counter + 1, reached.or(() -> checkpoint), finished);
  }

  /** Returns this ownership as finished: the shard was read to its end. */
  ShardOwnership finished(Optional<String> reached) {
    return new ShardOwnership(owner, counter + 1, reached.or(() -> checkpoint), true);
  }

  /** Returns this ownership without an owner, for any instance to take. */
  ShardOwnership released(Optional<String> reached) {
    return new ShardOwnership(
        Optional.empty(), counter + 1, reached.or(() -> checkpoint), finished);
  }

  /** Returns whether both are the same ownership, apart from the checkpoint. */
  boolean isSameAs(ShardOwnership other) {
    return owner.equals(other.owner) && counter == other.counter && finished == other.finished;
  }

  /** Returns where the next owner continues to read. */
  Position position() {
    // Without a checkpoint, an owner began and got nowhere: all records since are still to be read.
    return checkpoint.<Position>map(Position.After::new).orElseGet(Position.Horizon::new);
  }
}
