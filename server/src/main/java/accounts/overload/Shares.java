package accounts.overload;

import java.util.HashMap;
import java.util.Map;

/**
 * Units that callers take and give back, below a limit that may change. While the limit is far,
 * everybody gets what is asked for. From a quarter of it on, each caller that holds units may have
 * the same share of seven eighths; one eighth is left for the next caller. A share may be kept
 * smaller than that of the callers there are, so that one alone leaves room for bursts of others.
 *
 * <p>Not safe for use by several threads.
 */
final class Shares {

  private final Map<String, Integer> byCaller = new HashMap<>();
  private final int leastCallers;
  private int running;

  /**
   * @param leastCallers shares are as if there were so many callers, if there are fewer
   */
  Shares(int leastCallers) {
    this.leastCallers = leastCallers;
  }

  /** Returns whether a caller may take so many units more. */
  boolean fits(String caller, int cost, int limit) {
    int own = byCaller.getOrDefault(caller, 0);
    int callers = Math.max(leastCallers, byCaller.size() + (own == 0 ? 1 : 0));
    boolean isFar = running + cost <= limit / 4;
    // A caller that holds none may have some, however small its share is.
    boolean isWithinShare = own == 0 || own + cost <= (limit - limit / 8) / callers;
    return isFar || (running + cost <= limit && isWithinShare);
  }

  void take(String caller, int cost) {
    byCaller.merge(caller, cost, Integer::sum);
    running += cost;
  }

  /** Gives units back to all, which still count for the share of their caller. */
  void answered(int cost) {
    running -= cost;
  }

  /** Gives answered units back to their caller. */
  void end(String caller, int cost) {
    byCaller.compute(
        caller, (name, own) -> own == null || own <= cost ? null : Integer.valueOf(own - cost));
  }

  /** Returns the units that were taken and are not answered. */
  int running() {
    return running;
  }

  /** Returns the units that count for a caller's share, answered or not. */
  int held() {
    return byCaller.values().stream().mapToInt(Integer::intValue).sum();
  }
}
