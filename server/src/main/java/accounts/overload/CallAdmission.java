package accounts.overload;

import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Bounds the calls in progress, before they look into the cache. A call counts by its units, about
 * the work of so many single reads, until it is answered. Whoever exceeds the limit is shed at
 * once.
 *
 * <p>While the limit is far, everybody is admitted. From a quarter of it on, each caller may use
 * one share: the limit divided by the number of callers with calls in progress and one, so that
 * there is room for the next one. Answers that a caller has not read count for its share.
 *
 * <p>Safe for use by several threads.
 */
public final class CallAdmission {

  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final IntSupplier limit;
  private final Map<String, Integer> unitsByCaller = new HashMap<>(); // guarded by this
  private final Consumer<Priority> shed;
  private int units; // guarded by this

  /**
   * @param limit the most units at present
   * @param shed is told of each call that is shed
   */
  public CallAdmission(IntSupplier limit, Consumer<Priority> shed) {
    this.limit = limit;
    this.shed = shed;
  }

  /** The place of an admitted call. Safe for use by several threads. */
  public final class Place {

    private final String caller;
    private final int cost;
    private boolean answered; // guarded by CallAdmission.this
    private boolean ended; // guarded by CallAdmission.this

    private Place(String caller, int cost) {
      this.caller = caller;
      this.cost = cost;
    }

    /** The call takes no more work. A second time does nothing. */
    public void answered() {
      synchronized (CallAdmission.this) {
        if (!answered) {
          answered = true;
          units -= cost;
        }
      }
    }

    /** The transport is done with the call, answered or not. A second time does nothing. */
    public void end() {
      synchronized (CallAdmission.this) {
        answered();
        if (!ended) {
          ended = true;
          unitsByCaller.compute(
              caller,
              (name, own) -> own == null || own <= cost ? null : Integer.valueOf(own - cost));
        }
      }
    }
  }

  /**
   * Admits a call.
   *
   * @param caller whose share is used
   * @param cost units of the call, 1 or more
   * @throws AccountException with {@link Overloaded} if the call is shed
   */
  public Place admit(String caller, Priority priority, int cost) {
    if (!take(caller, priority, cost)) {
      shed.accept(priority);
      throw new AccountException(new Overloaded(RETRY_AFTER));
    }
    return new Place(caller, cost);
  }

  /**
   * Refuses a call for which there would be no room however little it cost.
   *
   * @throws AccountException with {@link Overloaded}; then the call is shed
   */
  public void requireRoom(String caller, Priority priority) {
    if (!hasRoom(caller, priority)) {
      shed.accept(priority);
      throw new AccountException(new Overloaded(RETRY_AFTER));
    }
  }

  private synchronized boolean hasRoom(String caller, Priority priority) {
    return fits(priority.of(limit.getAsInt()), unitsByCaller.getOrDefault(caller, 0), 1);
  }

  private synchronized boolean take(String caller, Priority priority, int cost) {
    int own = unitsByCaller.getOrDefault(caller, 0);
    if (!fits(priority.of(limit.getAsInt()), own, cost)) {
      return false;
    }
    unitsByCaller.put(caller, own + cost);
    units += cost;
    return true;
  }

  /** A caller without calls in progress may make one, however little its share is. */
  private boolean fits(int most, int own, int cost) {
    boolean isFar = units + cost <= most / 4;
    int callers = unitsByCaller.size() + (own == 0 ? 1 : 0);
    boolean isWithinShare = own == 0 || own + cost <= most / (callers + 1);
    return isFar || (units + cost <= most && isWithinShare);
  }

  /** Returns the units of all calls in progress. */
  public synchronized int units() {
    return units;
  }

  /** Returns the units of all callers, of answers that are not read yet included. */
  public synchronized int held() {
    return unitsByCaller.values().stream().mapToInt(Integer::intValue).sum();
  }
}
