package accounts.freshness;

import accounts.cache.Cell;
import accounts.domain.Lookup;
import accounts.domain.Revision;

/**
 * What a key's cell must hold, unless it holds nothing, before something may be acknowledged: the
 * cells that will do, and what any other one is replaced by.
 */
public sealed interface CellRequirement {

  /** Whether a cell may stay as it is. */
  boolean isMetBy(Cell cell);

  /** Returns what takes the place of the cell that was seen before the commit. */
  Cell replacement();

  /**
   * Returns what takes the place of a cell that was first seen after the commit. Whoever loads, or
   * has invalidated the cell, may know of a later commit: only an answer that is older gives way to
   * one.
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
   * The answer that the table's stream tells of, or a later one.
   *
   * @param inOrder whether the change went on from the revision before, as every change through the
   *     service does; if not, revisions tell nothing and only this very answer will do
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

  /** No answer at all: what was committed is not known. */
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
