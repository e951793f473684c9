package accounts.watch;

import java.util.HashMap;
import java.util.Map;

/** How many watches each caller has. */
final class WatchCounts {

  private final int most;
  private final int mostOfOne;
  private final Map<String, Integer> watches = new HashMap<>();
  private int all;

  /**
   * @param most of all callers together
   */
  WatchCounts(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Counts one more, if there is room for it. */
  boolean take(String caller) {
    if (all >= most || watches.getOrDefault(caller, 0) >= mostOfOne) {
      return false;
    }
    all++;
    watches.merge(caller, 1, Integer::sum);
    return true;
  }

  /** Counts one less. */
  void release(String caller) {
    all--;
    watches.computeIfPresent(caller, (name, number) -> number == 1 ? null : number - 1);
  }

  int all() {
    return all;
  }
}
