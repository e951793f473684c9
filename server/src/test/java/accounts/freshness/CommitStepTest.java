package accounts.freshness;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellKey;
import accounts.cache.InMemoryCellCache;
import accounts.cache.InMemoryCellCache.Call;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.service.Stamp;
import accounts.service.WriteEffects;
import accounts.store.AdmissionQueue;
import accounts.store.InMemoryNoticeStore;
import accounts.store.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a commit does to the cache before it is acknowledged, by a clock of the test's. */
final class CommitStepTest {

  private static final long EPOCH = 10;
  private static final EntityKey<User> ALICE = userKey("alice");
  private static final EntityKey<User> BOB = userKey("bob");
  private static final CellKey KEY = CellKey.of("first", ALICE);
  private static final CellKey BOBS = CellKey.of("first", BOB);
  private static final User FIRST = user("alice");
  private static final User SECOND = renamed(FIRST);
  private static final User THIRD = renamed(SECOND);

  private static final Duration NOTICE_AFTER = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration INSTANT = Duration.ofNanos(1);

  private final ManualTimer timer = new ManualTimer();
  private final InMemoryCellCache cache = new InMemoryCellCache();
  private final HeldLease held = new HeldLease(state("first", EPOCH), timer);
  private final CellReads reads =
      new CellReads(
          cache,
          cache,
          Duration.ofSeconds(1),
          held.lease(),
          AdmissionQueue.fixed("queue", 100, 100));
  private final InMemoryNoticeStore notices = new InMemoryNoticeStore();
  private final AtomicInteger ids = new AtomicInteger();
  private boolean repairActive = true;

  /** The keys of each raise, all of which end when the test says so. */
  private final List<Set<EntityKey<?>>> raises = new ArrayList<>();

  private final CompletableFuture<Void> raised = new CompletableFuture<>();

  private final CommitStep commits =
      new CommitStep(
          new CellStep(cache),
          held.lease(),
          this::raise,
          new Escalation(
              new Notices(notices, () -> "n" + ids.incrementAndGet(), timer::nanoTime, timer),
              () -> repairActive,
              NOTICE_AFTER,
              LIMIT),
          timer);

  private CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope) {
    raises.add(Set.copyOf(keys));
    return raised.copy();
  }

  // The cache answers.

  @Test
  void committed_cellWasSeen_isOneSwapToTheNewAnswer() {
    cache.put(KEY, value(EPOCH, FIRST));
    Stamp stamp = lookUp(ALICE);
    cache.clearCalls();

    assertThat(committed(SECOND, stamp)).isCompleted();
    assertThat(cell(KEY)).isEqualTo(value(EPOCH, SECOND));
    assertThat(cache.calls()).extracting(Call::name).containsExactly("replace");
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void committed_readerFilledItself_isOneSwap() {
    Stamp stamp = load(FIRST);
    cache.clearCalls();

    assertThat(committed(SECOND, stamp)).isCompleted();
    assertThat(cell(KEY)).isEqualTo(value(EPOCH, SECOND));
    assertThat(cache.calls()).extracting(Call::name).containsExactly("replace");
  }

  // An epoch raised since the lookup may stand for a write that this answer does not know of.
  @Test
  void committed_epochRaisedSinceTheLook_isPutUnderTheOneFromBefore() {
    cache.put(KEY, value(EPOCH, FIRST));
    Stamp stamp = lookUp(ALICE);
    held.renew(state("first", EPOCH + 1));

    assertThat(committed(SECOND, stamp)).isCompleted();
    assertThat(cell(KEY)).isEqualTo(value(EPOCH, SECOND));
  }

  @Test
  void committed_stampOfAnotherIncarnation_isIgnored() {
    cache.put(KEY, value(EPOCH, FIRST));
    Stamp stamp = lookUp(ALICE);
    held.renew(state("second", EPOCH));
    CellKey key = CellKey.of("second", ALICE);
    cache.put(key, value(EPOCH, FIRST));

    assertThat(committed(SECOND, stamp)).isCompleted();
    assertThat(cell(key)).isEqualTo(new Cell.Invalid());
    assertThat(cell(KEY)).isEqualTo(value(EPOCH, FIRST));
  }

  @Test
  void committed_nothingSeen_invalidatesWhatIsOlder() {
    cache.put(KEY, value(EPOCH, FIRST));

    assertThat(committed(SECOND, Stamp.NONE)).isCompleted();
    assertThat(cell(KEY)).isEqualTo(new Cell.Invalid());
  }

  @Test
  void committed_nothingCached_putsNothing() {
    assertThat(committed(FIRST, Stamp.NONE)).isCompleted();
    assertThat(cache.peek(KEY)).isEqualTo(new CellAnswer.Nothing());
  }

  @Test
  void committed_nothingChangedNorReliedOn_asksNobody() {
    assertThat(committed(new WriteEffects(Map.of(), Map.of(), Map.of()))).isCompleted();
    assertThat(cache.calls()).isEmpty();
  }

  // Keys that the decision rests on.

  @Test
  void replayed_reliedOnIsOlderInTheCache_isInvalidated() {
    cache.put(KEY, value(EPOCH, FIRST));

    assertThat(replayed(2, Stamp.NONE)).isCompleted();
    assertThat(cell(KEY)).isEqualTo(new Cell.Invalid());
  }

  @Test
  void replayed_reliedOnWasAHitAtThatRevision_asksNobody() {
    cache.put(KEY, value(EPOCH, SECOND));
    Stamp stamp = lookUp(ALICE);
    cache.clearCalls();

    assertThat(replayed(2, stamp)).isCompleted();
    assertThat(cache.calls()).isEmpty();
  }

  @Test
  void replayed_reliedOnWasFilledByThisReader_asksNobody() {
    Stamp stamp = load(SECOND);
    cache.clearCalls();

    assertThat(replayed(2, stamp)).isCompleted();
    assertThat(cache.calls()).isEmpty();
  }

  // Loaded under a claim, but another reader took that over, having read the store before.
  @Test
  void replayed_reliedOnWasLoadedAndTheClaimTakenOver_isInvalidated() {
    Claim.Won mine = claim();
    cache.put(KEY, value(EPOCH, FIRST));
    Stamp stamp = reads.fill(mine, new Lookup.Found<>(SECOND), scope());

    assertThat(replayed(2, stamp)).isCompleted();
    assertThat(cell(KEY)).isEqualTo(new Cell.Invalid());
  }

  @Test
  void replayed_reliedOnIsNewerThanTheFirstLook_isInvalidated() {
    cache.put(KEY, value(EPOCH, FIRST));
    Stamp stamp = lookUp(ALICE);

    assertThat(replayed(2, stamp)).isCompleted();
    assertThat(cell(KEY)).isEqualTo(new Cell.Invalid());
  }

  @Test
  void replayed_reliedOnHitOfAnotherIncarnation_isSettledAnew() {
    cache.put(KEY, value(EPOCH, SECOND));
    Stamp stamp = lookUp(ALICE);
    held.renew(state("second", EPOCH));
    CellKey key = CellKey.of("second", ALICE);
    cache.put(key, value(EPOCH, FIRST));

    assertThat(replayed(2, stamp)).isCompleted();
    assertThat(cell(key)).isEqualTo(new Cell.Invalid());
  }

  @Test
  void replayed_reliedOnNeverThere_asksNobody() {
    assertThat(replayed(0, Stamp.NONE)).isCompleted();
    assertThat(cache.calls()).isEmpty();
  }

  @Test
  void committed_changedAndReliedOn_settlesBoth() {
    cache.put(KEY, value(EPOCH, FIRST));
    cache.put(BOBS, new Cell.Loading());
    WriteEffects effects =
        new WriteEffects(
            Map.of(ALICE, new Lookup.Found<>(SECOND)),
            Map.of(BOB, Revision.FIRST),
            Map.of(ALICE, lookUp(ALICE)));

    assertThat(committed(effects)).isCompleted();
    assertThat(cell(KEY)).isEqualTo(value(EPOCH, SECOND));
    assertThat(cell(BOBS)).isEqualTo(new Cell.Invalid());
  }

  // No view.

  @Test
  void committed_leaseLapsed_waitsForAView() {
    cache.put(KEY, value(EPOCH, FIRST));
    Stamp stamp = lookUp(ALICE);
    held.lapse();
    CompletableFuture<Void> told = committed(SECOND, stamp);
    timer.advance(NOTICE_AFTER);
    assertThat(told).isNotDone();
    held.renew(state("first", EPOCH));
    timer.advance(ViewWaiters.PERIOD);

    assertThat(told).isCompleted();
    assertThat(cell(KEY)).isEqualTo(value(EPOCH, SECOND));
    assertThat(raises).isEmpty();
  }

  @Test
  void committed_noViewInTime_raises() {
    held.lapse();
    CompletableFuture<Void> told = committed(SECOND, Stamp.NONE);
    timer.advance(LIMIT.minus(INSTANT));
    assertThat(raises).isEmpty();
    timer.advance(ViewWaiters.PERIOD);

    assertThat(raises).containsExactly(Set.of(ALICE));
    assertThat(told).isNotDone();
    raised.complete(null);
    assertThat(told).isCompleted();
  }

  // Nothing was changed, and what never was can be read as absent from any cell.
  @Test
  void replayed_reliesOnWhatNeverWas_isDoneWithoutAView() {
    held.lapse();
    WriteEffects effects =
        new WriteEffects(Map.of(), Map.of(ALICE, Revision.NONE), Map.of(ALICE, Stamp.NONE));

    assertThat(commits.replayed(effects, CallScope.of(LIMIT))).isCompleted();
    timer.advance(LIMIT);
    assertThat(raises).isEmpty();
  }

  // The cache does not answer.

  @Test
  void committed_answerLost_triesAgain() {
    cache.put(KEY, value(EPOCH, FIRST));
    Stamp stamp = lookUp(ALICE);
    cache.answersLost(() -> true);
    CompletableFuture<Void> told = committed(SECOND, stamp);
    assertThat(told).isNotDone();
    timer.advance(Duration.ofMillis(10));

    assertThat(told).isCompleted();
    assertThat(cell(KEY)).isEqualTo(value(EPOCH, SECOND));
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void committed_cacheBackBeforeTheNotice_leavesNone() {
    cache.put(KEY, value(EPOCH, FIRST));
    Stamp stamp = lookUp(ALICE);
    away();
    CompletableFuture<Void> told = committed(SECOND, stamp);
    timer.advance(NOTICE_AFTER.dividedBy(2));
    back();
    timer.advance(NOTICE_AFTER.dividedBy(2));

    assertThat(told).isCompleted();
    assertThat(cell(KEY)).isEqualTo(value(EPOCH, SECOND));
    timer.advance(LIMIT);
    assertThat(notices.open()).isEmpty();
    assertThat(raises).isEmpty();
  }

  @Test
  void committed_cacheAway_leavesANoticeAndIsDoneWithIt() {
    away();
    CompletableFuture<Void> told = committed(SECOND, Stamp.NONE);
    timer.advance(NOTICE_AFTER.minus(INSTANT));
    assertThat(timer.waiting()).isPositive();
    assertThat(notices.open()).isEmpty();
    timer.advance(Duration.ofMillis(60));
    assertThat(notices.open())
        .extracting(Notice::keys)
        .containsExactly(Map.of(ALICE, new Revision(2)));
    assertThat(told).isNotDone();
    repair();
    timer.advance(Duration.ofMillis(100));

    assertThat(told).isCompleted();
    timer.advance(LIMIT);
    assertThat(raises).isEmpty();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void committed_oneKeyOfTwoUnanswered_asksForThatOneOnly() {
    cache.put(KEY, value(EPOCH, FIRST));
    Stamp stamp = lookUp(ALICE);
    cache.unavailable(call -> call.equals("get"));
    CompletableFuture<Void> told =
        committed(
            new WriteEffects(
                Map.of(ALICE, new Lookup.Found<>(SECOND)),
                Map.of(BOB, new Revision(3)),
                Map.of(ALICE, stamp)));
    timer.advance(NOTICE_AFTER.plusMillis(50));

    assertThat(notices.open())
        .extracting(Notice::keys)
        .containsExactly(Map.of(BOB, new Revision(3)));
    timer.advance(LIMIT);
    assertThat(raises).containsExactly(Set.of(BOB));
    assertThat(told).isNotDone();
  }

  @Test
  void committed_nobodyReadsNotices_leavesNoneAndRaisesAfterTwoSeconds() {
    repairActive = false;
    away();
    CompletableFuture<Void> told = committed(SECOND, Stamp.NONE);
    timer.advance(LIMIT.minus(INSTANT));
    assertThat(raises).isEmpty();
    timer.advance(INSTANT);

    assertThat(raises).containsExactly(Set.of(ALICE));
    assertThat(notices.open()).isEmpty();
    assertThat(told).isNotDone();
    raised.complete(null);
    assertThat(told).isCompleted();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void committed_noticeNotDone_raisesAfterTwoSeconds() {
    away();
    CompletableFuture<Void> told = committed(SECOND, Stamp.NONE);
    timer.advance(LIMIT.minus(INSTANT));
    assertThat(raises).isEmpty();
    timer.advance(INSTANT);

    assertThat(raises).containsExactly(Set.of(ALICE));
    raised.complete(null);
    assertThat(told).isCompleted();
  }

  @Test
  void committed_noticeFails_raisesAllTheSame() {
    notices.failure = Optional.of(new IllegalStateException("no store"));
    away();
    CompletableFuture<Void> told = committed(SECOND, Stamp.NONE);
    timer.advance(LIMIT);
    raised.complete(null);

    assertThat(raises).hasSize(1);
    assertThat(told).isCompleted();
  }

  // The raise may take long: whatever comes first counts.
  @Test
  void committed_cacheBackDuringTheRaise_isDone() {
    cache.put(KEY, value(EPOCH, FIRST));
    away();
    CompletableFuture<Void> told = committed(SECOND, Stamp.NONE);
    timer.advance(LIMIT);
    assertThat(raises).hasSize(1);
    back();
    timer.advance(Duration.ofMillis(200));

    assertThat(told).isCompleted();
    assertThat(cell(KEY)).isEqualTo(new Cell.Invalid());
  }

  @Test
  void committed_raiseFails_failsAlike() {
    IllegalStateException failure = new IllegalStateException("no store");
    raised.completeExceptionally(failure);
    away();
    CompletableFuture<Void> told = committed(SECOND, Stamp.NONE);
    timer.advance(LIMIT);

    assertThat(told).isCompletedExceptionally();
    assertThat(told.exceptionNow()).isSameAs(failure);
  }

  @Test
  void committed_timerShutDown_failsInsteadOfWaitingForEver() {
    away();
    timer.shutdown();

    assertThat(committed(SECOND, Stamp.NONE).exceptionNow())
        .isInstanceOf(RejectedExecutionException.class);
  }

  // Outcome unknown.

  @Test
  void outcomeUnknown_cached_isInvalidated() {
    cache.put(KEY, value(EPOCH, THIRD));
    cache.put(BOBS, new Cell.Loading());

    assertThat(commits.outcomeUnknown(Set.of(ALICE, BOB), scope())).isCompleted();
    assertThat(cell(KEY)).isEqualTo(new Cell.Invalid());
    assertThat(cell(BOBS)).isEqualTo(new Cell.Invalid());
  }

  @Test
  void outcomeUnknown_cacheAway_doesNotFailNorEscalate() {
    away();

    assertThat(commits.outcomeUnknown(Set.of(ALICE), scope())).isCompleted();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void outcomeUnknown_noView_doesNotFail() {
    held.lapse();

    assertThat(commits.outcomeUnknown(Set.of(ALICE), scope())).isCompleted();
    assertThat(cache.calls()).isEmpty();
  }

  private void away() {
    cache.unavailable(call -> true);
  }

  private void back() {
    cache.unavailable(call -> false);
  }

  /** Does what the notices ask for. */
  private void repair() {
    for (Notice notice : List.copyOf(notices.open())) {
      notices.markDone(notice.id(), scope()).join();
    }
  }

  private CompletableFuture<Void> committed(User answer, Stamp stamp) {
    return committed(
        new WriteEffects(
            Map.of(ALICE, new Lookup.Found<>(answer)), Map.of(), Map.of(ALICE, stamp)));
  }

  private CompletableFuture<Void> committed(WriteEffects effects) {
    return commits.committed(effects, scope());
  }

  private CompletableFuture<Void> replayed(long revision, Stamp stamp) {
    return commits.replayed(
        new WriteEffects(Map.of(), Map.of(ALICE, new Revision(revision)), Map.of(ALICE, stamp)),
        scope());
  }

  /** Looks up a key that is cached. */
  private Stamp lookUp(EntityKey<?> key) {
    return ((Sighting.Hit) reads.lookUp(key, scope()).join()).stamp();
  }

  private Claim.Won claim() {
    Sighting.Free free = (Sighting.Free) reads.lookUp(ALICE, scope()).join();
    return (Claim.Won) reads.claim(free, scope()).join();
  }

  /** Looks up a key that is not cached, and fills it. */
  private Stamp load(User answer) {
    return reads.fill(claim(), new Lookup.Found<>(answer), scope());
  }

  private Cell cell(CellKey key) {
    return ((CellAnswer.Seen) cache.peek(key)).cell();
  }

  private static Cell value(long epoch, User user) {
    return new Cell.Value(epoch, new Lookup.Found<>(user));
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
