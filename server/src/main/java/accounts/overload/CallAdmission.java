package accounts.overload;

import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import accounts.overload.Shares.Share;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the calls in progress, before they look into the cache. A call counts by its units, about
 * the work of so many single reads, until it is answered. Whoever exceeds the limit of its priority
 * is shed at once; and so is who exceeds its share, see {@link Shares}. Answers that a caller has
 * not read count for its share.
 *
 * <p>Batches have a limit and shares among themselves, of which no caller gets more than half, and
 * no room beside two and a half times as many units of other calls: a processor is then as busy as
 * it can be.
 *
 * <p>Safe for use by several threads.
 */
public final class CallAdmission {

  /** How long whoever is shed is told to wait. */
  public static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final ToIntFunction<Priority> limits;
  private final Consumer<Priority> shed;
  private final Shares all = new Shares(1); // guarded by this
  private final Shares batches = new Shares(2); // guarded by this

  /**
   * @param limits the most units at present: of batches, and of all calls beside which a read and a
   *     change are admitted
   * @param shed is told of each call that is shed
   */
  public CallAdmission(ToIntFunction<Priority> limits, Consumer<Priority> shed) {
    this.limits = limits;
    this.shed = shed;
  }

  /** The place of an admitted call. Safe for use by several threads. */
  public final class Place {

    private final Share share;
    private final @Nullable Share ofBatches;
    private final int cost;
    private boolean answered; // guarded by CallAdmission.this
    private boolean ended; // guarded by CallAdmission.this

    /**
     * @param ofBatches null for a call that is none
     */
    private Place(Share share, @Nullable Share ofBatches, int cost) {
      this.share = share;
      this.ofBatches = ofBatches;
      this.cost = cost;
    }

    /** The call takes no more work. A second time does nothing. */
    public void answered() {
      synchronized (CallAdmission.this) {
        if (!answered) {
          answered = true;
          all.answered(cost);
          if (ofBatches != null) {
            batches.answered(cost);
          }
        }
      }
    }

    /** The transport is done with the call, answered or not. A second time does nothing. */
    public void end() {
      synchronized (CallAdmission.this) {
        answered();
        if (!ended) {
          ended = true;
          all.end(share, cost);
          if (ofBatches != null) {
            batches.end(ofBatches, cost);
          }
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
    Place place = take(caller, priority, cost);
    if (place == null) {
      throw shed(priority);
    }
    return place;
  }

  /**
   * Refuses a call for which there would be no room, without admitting it otherwise.
   *
   * @param cost units that it may have
   * @throws AccountException with {@link Overloaded}; then the call is shed
   */
  public void requireRoom(String caller, Priority priority, int cost) {
    if (!fits(caller, priority, cost)) {
      throw shed(priority);
    }
  }

  private AccountException shed(Priority priority) {
    shed.accept(priority);
    return new AccountException(new Overloaded(RETRY_AFTER));
  }

  /** Returns null where there is no room. */
  private synchronized @Nullable Place take(String caller, Priority priority, int cost) {
    if (!fits(caller, priority, cost)) {
      return null;
    }
    Share ofBatches = priority == Priority.BATCH ? batches.take(caller, cost) : null;
    return new Place(all.take(caller, cost), ofBatches, cost);
  }

  private synchronized boolean fits(String caller, Priority priority, int cost) {
    int limit = limits.applyAsInt(priority);
    return priority == Priority.BATCH
        ? batches.fits(caller, cost, limit) && all.fits(caller, cost, limit * 5 / 2)
        : all.fits(caller, cost, limit);
  }

  /** Returns the units of all calls in progress. */
  public synchronized int units() {
    return all.running();
  }

  /** Returns the units of all callers, of answers that are not read yet included. */
  public synchronized int held() {
    return all.held();
  }
}
