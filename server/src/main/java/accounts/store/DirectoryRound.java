package accounts.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the search for users and organizations without entries in the directory is: rounds through
 * the whole table, one at a time, by one instance or by several after each other.
 *
 * @param progress rises with each step that anybody makes; 0 before the first
 * @param ended how many rounds have ended
 * @param found whether they found accounts without entries, or may have: what an instance found
 *     that stopped before it noted its step is not known
 * @param endTime when the last one ended; empty if none has
 * @param running whether a round has begun and not ended
 * @param position where it goes on; empty at the beginning of the table
 */
public record DirectoryRound(
    long progress,
    long ended,
    boolean found,
    Optional<Instant> endTime,
    boolean running,
    Optional<ScanPosition> position) {

  /** Before the first round. */
  public static final DirectoryRound NONE =
      new DirectoryRound(0, 0, false, Optional.empty(), false, Optional.empty());

  /** Returns the next state, in which a round goes on after a position. */
  public DirectoryRound at(Optional<ScanPosition> next) {
    return new DirectoryRound(progress + 1, ended, found, endTime, true, next);
  }

  /** Returns the next state, in which the round has ended. */
  public DirectoryRound over(Instant now) {
    return new DirectoryRound(
        progress + 1, ended + 1, found, Optional.of(now), false, Optional.empty());
  }

  /** Returns the same state, in which accounts without entries were found, or may have been. */
  public DirectoryRound finding() {
    return new DirectoryRound(progress, ended, true, endTime, running, position);
  }

  /**
   * Returns whether all accounts have their entries. While the first round is made, instances of
   * the version before may create more accounts behind it, so it takes a second; not where the
   * first found none, since that version was not used before.
   */
  public boolean isComplete() {
    return ended > 1 || (ended == 1 && !found);
  }
}
