package accounts.freshness;

import accounts.store.Epochs;
import accounts.store.FleetState;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The epochs as this instance last read them, and until when it may go by them. Who raises an epoch
 * waits as long as any lease lasts, so by then whoever has not read the new one has no lease.
 */
public final class EpochLease {

  private final long lengthNanos;
  private final long lengthMillis;
  private final long waitNanos;
  private final LongSupplier nanoTime;
  private final LongSupplier wallMillis;
  private final ViewWaiters waiters;

  /** Incarnations that others have replaced: they are as little to come back as epochs are. */
  private final Set<String> replaced = new HashSet<>();

  private volatile @Nullable Confirmed known;

  /**
   * A moment by both of an instance's clocks.
   *
   * @param nanos from any origin, at the rate of real time; may stand still while the machine is
   *     suspended
   * @param millis since 1970; may be set, forwards and backwards
   */
  public record Moment(long nanos, long millis) {}

  /** What a read of the fleet's state means beside those before. */
  public enum Verdict {
    /** It fits, or is older than what is known anyway. */
    CONFIRMED,
    /** It is older than what was known before it began: the state in the table was set back. */
    ROLLED_BACK
  }

  /**
   * @param view what {@code state} makes of it; empty while it must not be gone by
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
   * @param length how long a state may be gone by, counted from when the read of it began
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
   * As the other.
   *
   * @param wait how long an instance does not go by what it sees for the first time
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
   * Returns how long to wait until no instance has a lease any more that it had when the wait
   * began. A clock may run fast or slow by 1/12, which is as far as NTP's daemons slew one: who
   * holds the lease by a slow clock and who waits by a fast one differ by 13/11, which is less than
   * 1.2.
   */
  public static Duration waitFor(Duration lease) {
    return lease.multipliedBy(6).dividedBy(5);
  }

  /** Returns the present moment by the clocks that the lease goes by. */
  public Moment now() {
    return new Moment(nanoTime.getAsLong(), wallMillis.getAsLong());
  }

  /**
   * Returns what may be gone by at this moment; empty if there is no lease. A suspended machine's
   * monotonic clock may have stood still, so the wall clock must agree. Where that one went
   * backwards it says nothing, and there is no lease until the next renewal.
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

  @SuppressWarnings("ReferenceEquality") // whether a renewal has come between
  private synchronized void lapse(Confirmed last) {
    if (known == last) {
      known = last.ended(last.began, last.ended);
    }
  }

  /** Completes as soon as there is a view, or with none after {@code atMost}. Looks every 10 ms. */
  public CompletableFuture<Optional<EpochView>> awaitView(Duration atMost) {
    Optional<EpochView> view = view();
    return view.isPresent() ? CompletableFuture.completedFuture(view) : waiters.await(atMost);
  }

  /**
   * Takes over what was read.
   *
   * @param began before the read began
   * @param ended after it ended
   */
  public synchronized Verdict confirm(FleetState state, Moment began, Moment ended) {
    Confirmed last = known;
    if (last == null) {
      known = confirmed(state, began, ended, ended.nanos);
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
    if (!overlaps && isBehind(state.epochs(), last.state.epochs())) {
      return rolledBack(last);
    }
    boolean endedLater = ended.nanos - last.ended.nanos >= 0;
    known =
        confirmed(
            overlaps ? later(last.state, state) : state,
            began,
            endedLater ? ended : last.ended,
            hasLapsed(last, ended) ? ended.nanos : last.waitsSince);
    return Verdict.CONFIRMED;
  }

  /**
   * While an instance had no lease, the state may have been raised and set back again: it then
   * knows no more than one that sees it for the first time.
   */
  private boolean hasLapsed(Confirmed last, Moment at) {
    return last.over
        || at.nanos - last.began.nanos >= lengthNanos
        || at.millis - last.began.millis >= lengthMillis;
  }

  private Verdict confirmOther(
      Confirmed last, FleetState state, Moment began, Moment ended, boolean overlaps) {
    if (overlaps) {
      return Verdict.CONFIRMED; // the next read that does not overlap tells which is the newer one
    }
    if (replaced.contains(state.incarnation())) {
      return rolledBack(last);
    }
    replaced.add(last.state.incarnation());
    known = confirmed(state, began, ended, ended.nanos);
    return Verdict.CONFIRMED;
  }

  private Verdict rolledBack(Confirmed last) {
    end(last);
    return Verdict.ROLLED_BACK;
  }

  /** What is known stays known: later reads are compared with it. */
  private void end(Confirmed last) {
    Moment now = now();
    known = last.ended(now, now);
  }

  /** What it is gone by must have been read after the wait, or it could be older than that. */
  private Confirmed confirmed(FleetState state, Moment began, Moment ended, long waitsSince) {
    Optional<EpochView> view =
        began.nanos - waitsSince >= waitNanos
            ? Optional.of(new EpochView(state))
            : Optional.empty();
    return new Confirmed(state, began, ended, waitsSince, view, false);
  }

  /** Ends the lease at once, until a read that begins from now on is confirmed. */
  public synchronized void drop() {
    Confirmed last = known;
    if (last != null) {
      end(last);
    }
  }

  private static boolean isBehind(Epochs epochs, Epochs known) {
    return shards().anyMatch(shard -> epochs.values().get(shard) < known.values().get(shard));
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
