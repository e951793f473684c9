package accounts.overload;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Units that callers take and give back, below a limit that may change. While the limit is far,
 * everybody gets what is asked for. From a quarter of it on, each caller that holds units may have
 * the same share of seven eighths; one eighth is left for the next caller. A share may be kept
 * smaller than that of the callers there are, so that one alone leaves room for bursts of others.
 *
 * <p>Not safe for use by several threads.
 */
final class Shares {

  private final Map<String, Share> byCaller = new HashMap<>();
  private final int leastCallers;
  private int running;

  /** What one caller holds; kept only while that is something. */
  static final class Share {

    private final String caller;
    private int units;

    private Share(String caller) {
      this.caller = caller;
    }
  }

  /**
   * @param leastCallers shares are as if there were so many callers, if there are fewer
   */
  Shares(int leastCallers) {
    this.leastCallers = leastCallers;
  }

  /** Returns whether a caller may take so many units more. */
  boolean fits(String caller, int cost, int limit) {
    if (running + cost <= limit / 4) {
      return true;
    }
    return running + cost <= limit && isWithinShare(byCaller.get(caller), cost, limit);
  }

  /** A caller that holds none may have some, however small its share is. */
  private boolean isWithinShare(@Nullable Share own, int cost, int limit) {
    int callers = Math.max(leastCallers, byCaller.size());
    return own == null || own.units + cost <= (limit - limit / 8) / callers;
  }

  /** Returns the caller's share, which is to be given back to. */
  Share take(String caller, int cost) {
    Share share = byCaller.computeIfAbsent(caller, Share::new);
    share.units += cost;
    running += cost;
    return share;
  }

  /** Gives units back to all, which still count for the share of their caller. */
  void answered(int cost) {
    running -= cost;
  }

  /** Gives answered units back to their caller. */
  void end(Share share, int cost) {
    share.units -= cost;
    if (share.units == 0) {
      byCaller.remove(share.caller);
    }
  }

  /** Returns the units that were taken and are not answered. */
  int running() {
    return running;
  }

  /** Returns the units that count for a caller's share, answered or not. */
  int held() {
    return byCaller.values().stream().mapToInt(share -> share.units).sum();
  }
}
