package accounts.repair.dynamodb;

import java.util.Optional;

/**
 * Who reads a shard, and how far it got.
 *
 * @param owner the instance that reads it; empty if nobody does
 * @param counter moves with every change of the lease, which shows others that the owner lives
 * @param checkpoint sequence number of the last record that is dealt with; empty if none is yet
 * @param finished whether the shard was read to its end
 */
record ShardLease(
    Optional<String> owner, long counter, Optional<String> checkpoint, boolean finished) {

  /** Returns the first lease of a shard. */
  static ShardLease first(String owner) {
    return new ShardLease(Optional.of(owner), 1, Optional.empty(), false);
  }

  /** Returns this lease in other hands. */
  ShardLease takenBy(String other) {
    return new ShardLease(Optional.of(other), counter + 1, checkpoint, finished);
  }

  /** Returns this lease, kept, with how far its owner got. */
  ShardLease renewed(Optional<String> reached) {
    return new ShardLease(owner, counter + 1, reached.or(() -> checkpoint), finished);
  }

  /** Returns this lease as one that nobody needs any more. */
  ShardLease finished(Optional<String> reached) {
    return new ShardLease(owner, counter + 1, reached.or(() -> checkpoint), true);
  }

  /** Returns this lease as one that anybody may take at once. */
  ShardLease released(Optional<String> reached) {
    return new ShardLease(Optional.empty(), counter + 1, reached.or(() -> checkpoint), finished);
  }

  /** Whether this is the other lease, but perhaps for how far its owner got. */
  boolean isSameAs(ShardLease other) {
    return owner.equals(other.owner) && counter == other.counter && finished == other.finished;
  }

  /** Returns where whoever takes the lease reads on. */
  Position position() {
    // Without a checkpoint, somebody began and got nowhere: what was added since is still to read.
    return checkpoint.<Position>map(Position.After::new).orElseGet(Position.Horizon::new);
  }
}
