package accounts.watch;

import accounts.store.FeedBlock;
import java.util.Optional;

/** A watch's place in one partition of the feed. */
final class Place {

  private final int partition;
  private final Tail tail;
  private long position;
  private boolean reading;
  private long readAgainAt;
  private int gaps;
  private boolean failing;

  /**
   * @param position of the last block that was dealt with
   * @param now in nanoseconds from any origin
   */
  Place(int partition, Tail tail, long position, long now) {
    this.partition = partition;
    this.tail = tail;
    this.position = position;
    this.readAgainAt = now;
  }

  int partition() {
    return partition;
  }

  long position() {
    return position;
  }

  Tail tail() {
    return tail;
  }

  /** Returns whether the next block is no longer in the tail, and has to be read for this watch. */
  boolean isBehind() {
    return tail.isBeyond(position);
  }

  /** Returns the next block, if it is in the tail. */
  Optional<FeedBlock> next() {
    return isBehind() ? Optional.empty() : tail.after(position);
  }

  /** Marks the next block as dealt with. */
  void pass() {
    position++;
  }

  /** Returns whether to read now what is behind; then that is taken as begun. */
  boolean beginsToRead(long now) {
    if (reading || !isBehind() || now - readAgainAt < 0) {
      return false;
    }
    reading = true;
    return true;
  }

  /** Returns whether it cannot be read at present. */
  boolean isFailing() {
    return failing || tail.isFailing();
  }

  /** Notes that the read is over, and whether it failed. */
  void readAgain(long at, boolean failed) {
    failing = failed;
    reading = false;
    readAgainAt = at;
  }

  /** Notes whether the next block was missing, and returns how many times in a row it was. */
  int gap(boolean missing) {
    gaps = missing ? gaps + 1 : 0;
    return gaps;
  }
}
