package accounts.freshness;

import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.ManualTimer;
import accounts.freshness.EpochLease.Moment;
import accounts.freshness.EpochLease.Verdict;
import accounts.store.FleetState;
import accounts.store.InMemoryFleetStateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EpochLeaseTest {

  private static final Duration LENGTH = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofMillis(1200);
  private static final FleetState STATE = state("first", 10);

  private final ManualTimer time = new ManualTimer();
  private final EpochLease lease = new EpochLease(LENGTH, time::nanoTime, time::millis, time);

  // How long.

  @Test
  void view_neverConfirmed_isEmpty() {
    assertThat(lease.view()).isEmpty();
  }

  @Test
  void view_incarnationSeenForLessThanTheWait_isEmpty() {
    confirm(STATE);
    pass(WAIT.minusNanos(1), STATE);
    assertThat(lease.view()).isEmpty();
    time.advance(Duration.ofNanos(1));
    assertThat(lease.view()).isEmpty(); // what is known was read before the wait was over

    confirm(STATE);
    assertThat(lease.view()).contains(new EpochView(STATE));
  }

  @Test
  void view_firstReadTookLong_waitsFromItsEnd() {
    Moment began = lease.now();
    time.advance(Duration.ofMillis(300));
    lease.confirm(STATE, began, lease.now());
    pass(WAIT.minusMillis(1), STATE);

    assertThat(lease.view()).isEmpty();
    pass(Duration.ofMillis(1), STATE);
    assertThat(lease.view()).isPresent();
  }

  @Test
  void view_asLongAsTheLease_isThere() {
    hold(STATE);
    time.advance(LENGTH.minusMillis(1));

    assertThat(lease.view()).isPresent();
    time.advance(Duration.ofMillis(1));
    assertThat(lease.view()).isEmpty();
  }

  @Test
  void view_readTookLong_countsFromWhenItBegan() {
    hold(STATE);
    Moment began = lease.now();
    time.advance(Duration.ofMillis(900));
    lease.confirm(STATE, began, lease.now());
    time.advance(Duration.ofMillis(99));

    assertThat(lease.view()).isPresent();
    time.advance(Duration.ofMillis(1));
    assertThat(lease.view()).isEmpty();
  }

  @Test
  void view_readTookLongerThanALease_isEmpty() {
    hold(STATE);
    Moment began = lease.now();
    time.advance(LENGTH);

    assertThat(lease.confirm(STATE, began, lease.now())).isEqualTo(Verdict.CONFIRMED);
    assertThat(lease.view()).isEmpty();
  }

  // The machine was suspended: its monotonic clock stood still.
  @Test
  void view_wallClockSaysThatALeaseHasPassed_isEmptyUntilTheWaitIsOver() {
    hold(STATE);
    time.setWallClock(LENGTH);

    assertEmptyUntilTheWaitIsOver();
  }

  // Meanwhile the state may have been raised, and rolled back again.
  @Test
  void view_lapsed_isEmptyUntilTheWaitIsOver() {
    hold(STATE);
    time.advance(LENGTH);

    assertEmptyUntilTheWaitIsOver();
  }

  private void assertEmptyUntilTheWaitIsOver() {
    assertThat(lease.view()).isEmpty();
    confirm(STATE);
    pass(WAIT.minusNanos(1), STATE);
    assertThat(lease.view()).isEmpty();
    pass(Duration.ofNanos(1), STATE);
    assertThat(lease.view()).isPresent();
  }

  @Test
  void view_wallClockWentBackwards_isEmptyUntilTheWaitIsOver() {
    hold(STATE);
    time.setWallClock(Duration.ofMillis(-5));

    assertThat(lease.view()).isEmpty();
    time.setWallClock(Duration.ofMillis(10));
    assertEmptyUntilTheWaitIsOver();
  }

  @Test
  void view_wallClockWentBackwardsWithinTheRead_isEmpty() {
    hold(STATE);
    Moment began = lease.now();
    time.setWallClock(Duration.ofHours(-1));
    lease.confirm(STATE, began, lease.now());

    assertThat(lease.view()).isEmpty();
  }

  @Test
  void view_askedAgain_isTheSameObject() {
    hold(STATE);

    assertThat(lease.view()).isSameAs(lease.view());
  }

  @Test
  void view_clockPassesItsEnd_isThereAllTheSame() {
    EpochLease wrapping =
        new EpochLease(
            LENGTH, () -> Long.MAX_VALUE - 1_000_000_000L + time.nanoTime(), time::millis, time);
    wrapping.confirm(STATE, wrapping.now(), wrapping.now());
    for (int i = 0; i < 2; i++) {
      time.advance(WAIT.dividedBy(2));
      wrapping.confirm(STATE, wrapping.now(), wrapping.now());
    }

    assertThat(wrapping.now().nanos()).isNegative();
    assertThat(wrapping.view()).isPresent();
    time.advance(LENGTH);
    assertThat(wrapping.view()).isEmpty();
  }

  @Test
  void waitFor_slowClockOfTheHolderAndFastOneOfTheWaiter_outlastsTheLease() {
    double heldFor = LENGTH.toNanos() / (1 - 1 / 12.0);
    double waitedFor = EpochLease.waitFor(LENGTH).toNanos() / (1 + 1 / 12.0);

    assertThat(waitedFor).isGreaterThan(heldFor);
  }

  // What.

  @Test
  void confirm_raisedSince_isTheRaised() {
    hold(STATE);
    time.advance(Duration.ofMillis(1));
    confirm(raised(1));

    assertThat(lease.view()).contains(new EpochView(raised(1)));
  }

  @Test
  void confirm_readBeganBeforeTheKnownOne_isIgnored() {
    hold(STATE);
    Moment earlier = lease.now();
    time.advance(Duration.ofMillis(10));
    confirm(raised(1));
    time.advance(Duration.ofMillis(10));

    assertThat(lease.confirm(STATE, earlier, lease.now())).isEqualTo(Verdict.CONFIRMED);
    assertThat(lease.view()).contains(new EpochView(raised(1)));
    time.advance(LENGTH.minusMillis(11));
    assertThat(lease.view()).isPresent(); // of the later read
  }

  // Slow reads begin before those before them have ended, all the time.
  @Test
  void confirm_overlappingReadsOfAStateSetBack_noticesIt() {
    hold(STATE);
    Moment first = after(1);
    Moment second = after(10);
    assertThat(lease.confirm(raised(1), first, after(10))).isEqualTo(Verdict.CONFIRMED);
    Moment third = after(1);
    assertThat(lease.confirm(STATE, second, after(10))).isEqualTo(Verdict.CONFIRMED);

    assertThat(lease.confirm(STATE, third, after(10))).isEqualTo(Verdict.ROLLED_BACK);
    assertThat(lease.view()).isEmpty();
  }

  @Test
  void isYoungerThan_readLongAgoByEitherClock_isNot() {
    hold(STATE);
    assertThat(lease.isYoungerThan(Duration.ofMillis(100))).isTrue();
    time.setWallClock(Duration.ofMillis(100));

    assertThat(lease.isYoungerThan(Duration.ofMillis(100))).isFalse();
  }

  @Test
  void isYoungerThan_dropped_isNot() {
    hold(STATE);
    lease.drop();

    assertThat(lease.isYoungerThan(Duration.ofDays(1))).isFalse();
  }

  @Test
  void confirm_overlappingReads_takesTheLaterEpochOfEachShard() {
    hold(STATE);
    Moment first = after(1);
    Moment second = after(10);

    assertThat(lease.confirm(raised(1), first, after(10))).isEqualTo(Verdict.CONFIRMED);
    assertThat(lease.confirm(raised(2), second, lease.now())).isEqualTo(Verdict.CONFIRMED);
    assertThat(lease.view()).contains(new EpochView(raised(1, 2)));
  }

  @Test
  void confirm_lowerEpochInALaterRead_isARollbackAndEndsTheLease() {
    hold(raised(1));
    time.advance(Duration.ofMillis(1));

    assertThat(confirm(raised(2))).isEqualTo(Verdict.ROLLED_BACK);
    assertThat(lease.view()).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(confirm(raised(2))).isEqualTo(Verdict.ROLLED_BACK);
  }

  @Test
  void confirm_anotherIncarnation_isWaitedForAgain() {
    hold(STATE);
    time.advance(Duration.ofMillis(1));
    assertThat(confirm(state("second", 5))).isEqualTo(Verdict.CONFIRMED);

    assertThat(lease.view()).isEmpty();
    pass(WAIT, state("second", 5));
    assertThat(lease.view()).contains(new EpochView(state("second", 5)));
  }

  // Its cells hold what was cached before the other one, and nobody has kept them up since.
  @Test
  void confirm_incarnationOfBefore_isARollback() {
    hold(STATE);
    time.advance(Duration.ofMillis(1));
    confirm(state("second", 5));
    time.advance(Duration.ofMillis(1));

    assertThat(confirm(STATE)).isEqualTo(Verdict.ROLLED_BACK);
    time.advance(Duration.ofMillis(1));
    assertThat(confirm(state("third", 7))).isEqualTo(Verdict.CONFIRMED);
  }

  // While DynamoDB is slow all reads overlap: none would be compared, for longer than another
  // instance waits before it uses the incarnation that came back. Found by the model.
  @Test
  void confirm_incarnationOfBeforeInAnOverlappingRead_isARollback() {
    hold(STATE);
    Moment replaced = after(1);
    lease.confirm(state("second", 5), replaced, replaced);
    Moment slow = after(1);
    Moment later = after(1);

    lease.confirm(state("second", 5), slow, after(10));
    assertThat(lease.confirm(STATE, later, after(1))).isEqualTo(Verdict.ROLLED_BACK);
  }

  @Test
  void confirm_incarnationOfBeforeInAReadFromBefore_isNone() {
    hold(STATE);
    Moment slow = after(1);
    Moment quick = after(1);
    lease.confirm(state("second", 5), quick, after(1));

    assertThat(lease.confirm(STATE, slow, after(10))).isEqualTo(Verdict.CONFIRMED);
    pass(WAIT, state("second", 5));
    assertThat(lease.view()).contains(new EpochView(state("second", 5)));
  }

  @Test
  void confirm_anotherIncarnationInAnOverlappingRead_isLeftToTheNext() {
    hold(STATE);
    time.advance(Duration.ofMillis(1));
    Moment first = lease.now();
    time.advance(Duration.ofMillis(10));
    Moment second = lease.now();
    time.advance(Duration.ofMillis(10));
    lease.confirm(state("second", 5), first, lease.now());
    lease.confirm(STATE, second, lease.now());
    pass(WAIT, state("second", 5));

    assertThat(confirm(state("second", 5))).isEqualTo(Verdict.CONFIRMED);
    assertThat(lease.view()).contains(new EpochView(state("second", 5)));
  }

  @Test
  void drop_leaseHeld_endsItUntilTheWaitIsOver() {
    hold(STATE);
    Moment before = lease.now();
    time.advance(Duration.ofMillis(1));
    lease.drop();

    assertThat(lease.view()).isEmpty();
    lease.confirm(STATE, before, lease.now());
    assertThat(lease.view()).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertEmptyUntilTheWaitIsOver();
  }

  @Test
  void drop_leaseHeld_stillKnowsTheEpochs() {
    hold(raised(1));
    lease.drop();
    time.advance(Duration.ofMillis(1));

    assertThat(confirm(STATE)).isEqualTo(Verdict.ROLLED_BACK);
  }

  // Waiting for it.

  @Test
  void awaitView_leaseHeld_isThereAtOnce() {
    hold(STATE);

    assertThat(lease.awaitView(LENGTH)).isCompletedWithValue(lease.view());
  }

  @Test
  void awaitView_leaseComes_isThereThen() {
    CompletableFuture<Optional<EpochView>> awaited = lease.awaitView(Duration.ofSeconds(5));
    time.advance(LENGTH);
    assertThat(awaited).isNotDone();
    hold(STATE);
    time.advance(ViewWaiters.PERIOD);

    assertThat(awaited).isCompletedWithValue(Optional.of(new EpochView(STATE)));
    assertThat(time.waiting()).isZero();
  }

  @Test
  void awaitView_noLease_isEmptyWhenTheTimeIsUp() {
    CompletableFuture<Optional<EpochView>> awaited = lease.awaitView(Duration.ofMillis(50));
    time.advance(Duration.ofMillis(49));

    assertThat(awaited).isNotDone();
    time.advance(ViewWaiters.PERIOD);
    assertThat(awaited).isCompletedWithValue(Optional.empty());
    assertThat(time.waiting()).isZero();
  }

  @Test
  void awaitView_manyWait_oneTaskWatches() {
    List<CompletableFuture<Optional<EpochView>>> awaited =
        IntStream.range(0, 100).mapToObj(i -> lease.awaitView(Duration.ofMillis(i))).toList();
    time.advance(ViewWaiters.PERIOD);

    assertThat(time.waiting()).isEqualTo(1);
    time.advance(Duration.ofMillis(100));
    assertThat(awaited).allMatch(CompletableFuture::isDone);
    CompletableFuture<Optional<EpochView>> later = lease.awaitView(ViewWaiters.PERIOD);
    time.advance(ViewWaiters.PERIOD);
    assertThat(later).isDone();
  }

  @Test
  void awaitView_instanceStops_isEmpty() {
    CompletableFuture<Optional<EpochView>> before = lease.awaitView(LENGTH);
    time.shutdown();
    CompletableFuture<Optional<EpochView>> after = lease.awaitView(LENGTH);
    time.advance(ViewWaiters.PERIOD);

    assertThat(before).isCompletedWithValue(Optional.empty());
    assertThat(after).isNotNull();
    assertThat(lease.awaitView(LENGTH)).isCompletedWithValue(Optional.empty());
  }

  /** Lets the wait for an incarnation pass. */
  private void hold(FleetState state) {
    confirm(state);
    pass(WAIT, state);
  }

  /** Lets time pass, and renews the lease halfway and at the end. */
  private void pass(Duration duration, FleetState state) {
    Duration half = duration.dividedBy(2);
    time.advance(half);
    confirm(state);
    time.advance(duration.minus(half));
    confirm(state);
  }

  private Moment after(int millis) {
    time.advance(Duration.ofMillis(millis));
    return lease.now();
  }

  private Verdict confirm(FleetState state) {
    Moment began = lease.now();
    return lease.confirm(state, began, began);
  }

  private static FleetState raised(Integer... shards) {
    return InMemoryFleetStateStore.raised(STATE, Set.of(shards));
  }
}
