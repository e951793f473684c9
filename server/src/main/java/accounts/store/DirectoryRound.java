package accounts.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the search for users and organizations without entries in the directory is: rounds through
 * the whole table, one at a time, by one instance or by several after each other.
 *
 * @param progress rises with each step that anybody makes; 0 before the first
 * @param ended how many rounds have ended
 * @param endTime when the last one ended; empty if none has
 * @param running whether a round has begun and not ended
 * @param position where it goes on; empty at the beginning of the table
 */
public record DirectoryRound(
    long progress,
    long ended,
    Optional<Instant> endTime,
    boolean running,
    Optional<ScanPosition> position) {

  /** Before the first round. */
  public static final DirectoryRound NONE =
      new DirectoryRound(0, 0, Optional.empty(), false, Optional.empty());

  /** Returns the next state, in which a round goes on after a position. */
  public DirectoryRound at(Optional<ScanPosition> next) {
    return new DirectoryRound(progress + 1, ended, endTime, true, next);
  }

  /** Returns the next state, in which the round has ended. */
  public DirectoryRound over(Instant now) {
    return new DirectoryRound(progress + 1, ended + 1, Optional.of(now), false, Optional.empty());
  }
}
