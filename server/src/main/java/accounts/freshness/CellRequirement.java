package accounts.freshness;

import accounts.cache.Cell;
import accounts.domain.Lookup;
import accounts.domain.Revision;

/**
 * What a key's cell must hold before a write may be acknowledged: which cells are acceptable, and
 * what any other cell is replaced with. A key without a cell is always acceptable.
 */
public sealed interface CellRequirement {

  /** Returns whether a cell may stay as it is. */
  boolean isMetBy(Cell cell);

  /** Returns the replacement of a cell that was last read before the commit. */
  Cell replacement();

  /**
   * Returns the replacement of a cell that was first read after the commit. A cell that is being
   * loaded or was invalidated may be due to a later commit, so only an older answer is replaced
   * with this one.
   */
  default Cell replacementOf(Cell found) {
    return switch (found) {
      case Cell.Value value -> replacement();
      case Cell.OtherFormat other -> replacement();
      case Cell.Loading loading -> new Cell.Invalid();
      case Cell.Invalid invalid -> new Cell.Invalid();
      case Cell.Unreadable unreadable -> new Cell.Invalid();
    };
  }

  /**
   * The answer that was just committed, or a later one.
   *
   * @param epoch of the key's shard, known before the commit
   */
  record Committed(Lookup<?> answer, long epoch) implements CellRequirement {
    @Override
    public boolean isMetBy(Cell cell) {
      return isAtLeast(cell, answer.revision());
    }

    @Override
    public Cell replacement() {
      return new Cell.Value(epoch, answer);
    }
  }

  /** Any answer of this revision or a later one. */
  record AtLeast(Revision revision) implements CellRequirement {
    @Override
    public boolean isMetBy(Cell cell) {
      return isAtLeast(cell, revision);
    }

    @Override
    public Cell replacement() {
      return new Cell.Invalid();
    }
  }

  /**
   * The answer that the table's stream reports, or a later one.
   *
   * @param inOrder whether the change continued from the revision before, as every change through
   *     the service does; if not, revisions cannot be compared and only exactly this answer is
   *     acceptable
   */
  record Recorded(Lookup<?> answer, boolean inOrder) implements CellRequirement {
    @Override
    public boolean isMetBy(Cell cell) {
      return switch (cell) {
        case Cell.Value value ->
            value.lookup().equals(answer)
                || (inOrder && answer.revision().isBefore(value.lookup().revision()));
        case Cell.OtherFormat other -> inOrder && answer.revision().isBefore(other.revision());
        case Cell.Loading loading -> false;
        case Cell.Invalid invalid -> false;
        case Cell.Unreadable unreadable -> false;
      };
    }

    @Override
    public Cell replacement() {
      return new Cell.Invalid();
    }
  }

  /** No answer at all, because what was committed is not known. */
  record Unknown() implements CellRequirement {
    @Override
    public boolean isMetBy(Cell cell) {
      return false;
    }

    @Override
    public Cell replacement() {
      return new Cell.Invalid();
    }
  }

  private static boolean isAtLeast(Cell cell, Revision revision) {
    return switch (cell) {
      case Cell.Value value -> !value.lookup().revision().isBefore(revision);
      case Cell.OtherFormat other -> !other.revision().isBefore(revision);
      case Cell.Invalid invalid -> false;
      case Cell.Loading loading -> false;
      case Cell.Unreadable unreadable -> false;
    };
  }
}
