package accounts.freshness;

import accounts.store.Epochs;
import accounts.store.FleetState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * This instance's lease on the epochs: the values it last read, and until when it may use them. A
 * writer that raises an epoch waits until every lease on the old one has ended, so after that no
 * instance uses it any more.
 */
public final class EpochLease {

  /** Twice as many as there are reads in the time that one may take. */
  private static final int RECENT = 16;

  /**
   * Far more than a fleet ever has, unless instances that take the table for two replace each
   * other's.
   */
  private static final int MOST_REPLACED = 1_000;

  private final long lengthNanos;
  private final long lengthMillis;
  private final long waitNanos;
  private final LongSupplier nanoTime;
  private final LongSupplier wallMillis;
  private final ViewWaiters waiters;

  /**
   * Incarnations that were replaced, by when the read ended that showed it, in nanoseconds; guarded
   * by this. Like a lower epoch, one that comes back means a rollback.
   */
  private final Map<String, Long> replaced =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_REPLACED;
        }
      };

  /** What was known when recent reads ended, the latest first; guarded by this. */
  private final Deque<Confirmed> recent = new ArrayDeque<>();

  private volatile @Nullable Confirmed known;

  /**
   * A moment on both of the instance's clocks.
   *
   * @param nanos from any origin, at the rate of real time; may stand still while the machine is
   *     suspended
   * @param millis since 1970; may be set, forwards and backwards
   */
  public record Moment(long nanos, long millis) {}

  /** How a read of the fleet's state compares with earlier ones. */
  public enum Verdict {
    /** It is consistent with what is known. */
    CONFIRMED,
    /**
     * It is older than what was known before the read began: the state in the table was rolled
     * back.
     */
    ROLLED_BACK
  }

  /**
   * @param view of {@code state}; empty while it must not be used
   * @param waitsSince when the first read ended that showed the incarnation, or that followed a
   *     lease that had lapsed
   * @param over whether the lease has ended, whatever its age
   */
  private record Confirmed(
      FleetState state,
      Moment began,
      Moment ended,
      long waitsSince,
      Optional<EpochView> view,
      boolean over) {

    Confirmed ended(Moment from, Moment until) {
      return new Confirmed(state, from, until, waitsSince, Optional.empty(), true);
    }
  }

  /**
   * @param length how long a state may be used, counted from when its read began
   * @param nanoTime nanoseconds from any origin
   * @param wallMillis milliseconds since 1970
   * @param timer completes what {@link #awaitView} returns
   */
  public EpochLease(
      Duration length,
      LongSupplier nanoTime,
      LongSupplier wallMillis,
      ScheduledExecutorService timer) {
    this(length, waitFor(length), nanoTime, wallMillis, timer);
  }

  /**
   * Creates a lease with a wait of its own.
   *
   * @param wait how long an instance does not use a state that it sees for the first time
   */
  public EpochLease(
      Duration length,
      Duration wait,
      LongSupplier nanoTime,
      LongSupplier wallMillis,
      ScheduledExecutorService timer) {
    this.lengthNanos = length.toNanos();
    this.lengthMillis = length.toMillis();
    this.waitNanos = wait.toNanos();
    this.nanoTime = nanoTime;
    this.wallMillis = wallMillis;
    this.waiters = new ViewWaiters(this::view, nanoTime, timer);
  }

  /**
   * Returns how long to wait until every lease that is held now has ended. Clocks may run fast or
   * slow by 1/12, as far as NTP daemons slew them: a lease held by a slow clock and a wait by a
   * fast one differ by 13/11, which is less than 1.2.
   */
  public static Duration waitFor(Duration lease) {
    return lease.multipliedBy(6).dividedBy(5);
  }

  /** Returns the current moment on the lease's clocks. */
  public Moment now() {
    return new Moment(nanoTime.getAsLong(), wallMillis.getAsLong());
  }

  /**
   * Returns the epochs that may be used at this moment; empty if there is no valid lease. The
   * monotonic clock may stand still while a machine is suspended, so the wall clock must agree. If
   * the wall clock went backwards it proves nothing, and there is no lease until the next renewal.
   */
  public Optional<EpochView> view() {
    Confirmed last = known;
    if (last == null || last.view.isEmpty()) {
      return Optional.empty();
    }
    long nanos = nanoTime.getAsLong();
    long millis = wallMillis.getAsLong();
    if (millis < last.ended.millis || millis < last.began.millis) {
      lapse(last);
      return Optional.empty();
    }
    boolean isHeld =
        nanos - last.began.nanos < lengthNanos && millis - last.began.millis < lengthMillis;
    return isHeld ? last.view : Optional.empty();
  }

  /** Returns whether the lease is held by a read that began less than a time ago. */
  public boolean isYoungerThan(Duration age) {
    Confirmed last = known;
    Moment now = now();
    return last != null
        && now.nanos - last.began.nanos < age.toNanos()
        && now.millis - last.began.millis < age.toMillis()
        && view().isPresent();
  }

  /**
   * Returns how old the known state is, counted from when its read began; empty before the first.
   */
  public Optional<Duration> age() {
    Confirmed last = known;
    return last == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(nanoTime.getAsLong() - last.began.nanos));
  }

  @SuppressWarnings("ReferenceEquality") // whether a renewal has come between
  private synchronized void lapse(Confirmed last) {
    if (known == last) {
      known = last.ended(last.began, last.ended);
    }
  }

  /**
   * Completes as soon as there is a valid lease, or empty after {@code atMost}. Polls every 10 ms.
   */
  public CompletableFuture<Optional<EpochView>> awaitView(Duration atMost) {
    Optional<EpochView> view = view();
    return view.isPresent() ? CompletableFuture.completedFuture(view) : waiters.await(atMost);
  }

  /**
   * Renews the lease with a state that was read.
   *
   * @param began before the read began
   * @param ended after it ended
   */
  public synchronized Verdict confirm(FleetState state, Moment began, Moment ended) {
    Confirmed last = known;
    if (last == null) {
      take(confirmed(state, began, ended, ended.nanos));
      return Verdict.CONFIRMED;
    }
    if (began.nanos - last.began.nanos < 0) {
      return Verdict.CONFIRMED;
    }
    // Of two reads at the same time either may be the older one.
    boolean overlaps = began.nanos - last.ended.nanos <= 0;
    return state.incarnation().equals(last.state.incarnation())
        ? confirmSame(last, state, began, ended, overlaps)
        : confirmOther(last, state, began, ended, overlaps);
  }

  private Verdict confirmSame(
      Confirmed last, FleetState state, Moment began, Moment ended, boolean overlaps) {
    if (isSetBack(state, began)) {
      return rolledBack(last);
    }
    boolean endedLater = ended.nanos - last.ended.nanos >= 0;
    take(
        confirmed(
            overlaps ? later(last.state, state) : state,
            began,
            endedLater ? ended : last.ended,
            hasLapsed(last, ended) ? ended.nanos : last.waitsSince));
    return Verdict.CONFIRMED;
  }

  /** A read must show what was known when it began, whether or not others overlap it. */
  private boolean isSetBack(FleetState state, Moment began) {
    return recent.stream()
        .filter(read -> began.nanos - read.ended.nanos > 0)
        .findFirst()
        .filter(read -> read.state.incarnation().equals(state.incarnation()))
        .filter(read -> isBehind(state, read.state))
        .isPresent();
  }

  private void take(Confirmed latest) {
    known = latest;
    recent.addFirst(latest);
    if (recent.size() > RECENT) {
      recent.removeLast();
    }
  }

  /**
   * While an instance had no lease, the state may have been raised and rolled back unnoticed: the
   * instance then knows no more than a new one.
   */
  private boolean hasLapsed(Confirmed last, Moment at) {
    return last.over
        || at.nanos - last.began.nanos >= lengthNanos
        || at.millis - last.began.millis >= lengthMillis;
  }

  private Verdict confirmOther(
      Confirmed last, FleetState state, Moment began, Moment ended, boolean overlaps) {
    Long replacedAt = replaced.get(state.incarnation());
    if (replacedAt != null && began.nanos - replacedAt > 0) {
      return rolledBack(last);
    }
    if (overlaps) {
      return Verdict.CONFIRMED; // the next read that does not overlap shows which one is newer
    }
    replaced.put(last.state.incarnation(), ended.nanos);
    take(confirmed(state, began, ended, ended.nanos));
    return Verdict.CONFIRMED;
  }

  private Verdict rolledBack(Confirmed last) {
    end(last);
    return Verdict.ROLLED_BACK;
  }

  /** The known state is kept, so that later reads are compared with it. */
  private void end(Confirmed last) {
    Moment now = now();
    known = last.ended(now, now);
  }

  /** A state that is used must have been read after the wait, or it could be older. */
  private Confirmed confirmed(FleetState state, Moment began, Moment ended, long waitsSince) {
    Optional<EpochView> view =
        began.nanos - waitsSince >= waitNanos
            ? Optional.of(new EpochView(state))
            : Optional.empty();
    return new Confirmed(state, began, ended, waitsSince, view, false);
  }

  /** Ends the lease immediately; only a read that begins after this renews it. */
  public synchronized void drop() {
    Confirmed last = known;
    if (last != null) {
      end(last);
    }
  }

  private static boolean isBehind(FleetState state, FleetState known) {
    List<Long> epochs = state.epochs().values();
    List<Long> least = known.epochs().values();
    return shards().anyMatch(shard -> epochs.get(shard) < least.get(shard));
  }

  private static FleetState later(FleetState one, FleetState other) {
    List<Long> latest =
        shards()
            .mapToObj(shard ->
                Math.max(one.epochs().values().get(shard), other.epochs().values().get(shard)))
            .toList();
    return new FleetState(
        other.incarnation(), other.tableId(), other.settings(), new Epochs(latest));
  }

  private static IntStream shards() {
    return IntStream.range(0, Epochs.SHARDS);
  }
}
