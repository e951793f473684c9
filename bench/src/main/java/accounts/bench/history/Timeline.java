package accounts.bench.history;

import java.util.ArrayList;
import java.util.List;

/**
 * The highest revision over time. Appending is O(1), a lookup O(log n); of steps older than the
 * horizon only the highest revision is kept.
 */
final class Timeline {

  private static final int COMPACT_AT = 256;

  private record Step(long time, long revision) {}

  private final long horizon;
  private List<Step> steps = new ArrayList<>();

  /**
   * @param horizon how far behind the last append lookups go, in nanoseconds
   */
  Timeline(long horizon) {
    this.horizon = horizon;
  }

  /** Adds a revision; {@code time} is not before that of the last one added. */
  void add(long time, long revision) {
    if (revision > highest()) {
      steps.add(new Step(time, revision));
      if (steps.size() % COMPACT_AT == 0) {
        forget(time - horizon);
      }
    }
  }

  private void forget(long before) {
    int first = Math.max(0, countBefore(before) - 1);
    steps = new ArrayList<>(steps.subList(first, steps.size()));
  }

  /** Returns the highest revision of all; 0 before the first. */
  long highest() {
    return steps.isEmpty() ? 0 : steps.getLast().revision();
  }

  /** Returns the highest revision added before {@code time}; 0 if there was none. */
  long before(long time) {
    int count = countBefore(time);
    return count == 0 ? 0 : steps.get(count - 1).revision();
  }

  /** Counts the steps before {@code time}. */
  private int countBefore(long time) {
    int low = 0;
    int high = steps.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (steps.get(middle).time() - time < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
