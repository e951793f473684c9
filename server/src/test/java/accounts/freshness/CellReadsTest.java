package accounts.freshness;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.InMemoryCellCache;
import accounts.cache.InMemoryCellCache.Call;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.store.AdmissionQueue;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class CellReadsTest {

  private static final long EPOCH = 10;
  private static final EntityKey<User> ALICE = userKey("alice");
  private static final EntityKey<User> BOB = userKey("bob");
  private static final CellKey KEY = CellKey.of("first", ALICE);
  private static final Lookup<User> FOUND = new Lookup.Found<>(user("alice"));
  private static final Cell HIT = new Cell.Value(EPOCH, FOUND);
  private static final Sighting UNAVAILABLE = new Sighting.Unavailable();

  private final InMemoryCellCache cache = new InMemoryCellCache();
  private final HeldLease held = new HeldLease(state("first", EPOCH));
  private final CellReads reads = reads(AdmissionQueue.fixed("queue", 100, 100));

  private CellReads reads(AdmissionQueue queue) {
    return new CellReads(cache, cache, Duration.ofSeconds(1), held.lease(), queue);
  }

  // What is found.

  @Test
  void lookUp_valueOfTheKnownEpoch_isHit() {
    CellVersion version = put(HIT);

    assertThat(lookUp())
        .isInstanceOfSatisfying(
            Sighting.Hit.class,
            hit -> {
              assertThat(hit.lookup()).isEqualTo(FOUND);
              assertThat(hit.stamp().version().get()).contains(version);
              assertThat(hit.stamp().settles(Revision.FIRST)).isTrue();
              assertThat(hit.stamp().settles(new Revision(2))).isFalse();
            });
  }

  @Test
  void lookUp_nothing_isFree() {
    assertThat(lookUp()).isEqualTo(new Sighting.Free(held.view(), KEY, Optional.empty()));
  }

  static final List<Cell> WORTHLESS =
      List.of(
          new Cell.Value(EPOCH - 1, FOUND),
          new Cell.OtherFormat(EPOCH - 1, Revision.FIRST),
          new Cell.OtherFormat(EPOCH, Revision.FIRST),
          new Cell.Invalid(),
          new Cell.Unreadable());

  @ParameterizedTest
  @FieldSource("WORTHLESS")
  void lookUp_outdatedOrWorthless_isFreeByItsVersion(Cell cell) {
    CellVersion version = put(cell);

    assertThat(lookUp()).isEqualTo(new Sighting.Free(held.view(), KEY, Optional.of(version)));
  }

  // The instance that filled it knows a later epoch.
  static final List<Cell> OF_A_LATER_EPOCH =
      List.of(new Cell.Value(EPOCH + 1, FOUND), new Cell.OtherFormat(EPOCH + 1, Revision.FIRST));

  @ParameterizedTest
  @FieldSource("OF_A_LATER_EPOCH")
  void lookUp_ofALaterEpoch_isLeftAlone(Cell cell) {
    put(cell);

    assertThat(lookUp()).isEqualTo(UNAVAILABLE);
  }

  @Test
  void lookUp_loading_isBeingLoaded() {
    CellVersion version = put(new Cell.Loading());

    assertThat(lookUp())
        .isEqualTo(
            new Sighting.BeingLoaded(new Sighting.Free(held.view(), KEY, Optional.of(version))));
  }

  @Test
  void lookUp_cacheAway_isUnavailable() {
    put(HIT);
    cache.unavailable(call -> true);

    assertThat(lookUp()).isEqualTo(UNAVAILABLE);
  }

  @Test
  void lookUp_noView_doesNotAskTheCache() {
    put(HIT);
    held.lapse();

    assertThat(lookUp()).isEqualTo(UNAVAILABLE);
    assertThat(reads.lookUpAll(List.of(ALICE, BOB), scope()).join())
        .isEqualTo(List.of(UNAVAILABLE, UNAVAILABLE));
    assertThat(cache.calls()).isEmpty();
  }

  @Test
  void lookUp_anotherIncarnation_doesNotSeeIt() {
    put(HIT);
    held.renew(state("second", EPOCH));

    assertThat(lookUp())
        .isEqualTo(new Sighting.Free(held.view(), CellKey.of("second", ALICE), Optional.empty()));
  }

  @Test
  void lookUp_epochRaised_isNoHitAnyMore() {
    put(HIT);
    held.renew(state("first", EPOCH + 1));

    assertThat(lookUp()).isInstanceOf(Sighting.Free.class);
  }

  @Test
  void lookUpAll_severalKeys_isOneCall() {
    put(HIT);
    List<Sighting> found = reads.lookUpAll(List.of(ALICE, BOB), scope()).join();

    assertThat(found)
        .satisfiesExactly(
            alice -> assertThat(alice).isInstanceOf(Sighting.Hit.class),
            bob -> assertThat(bob).isInstanceOf(Sighting.Free.class));
    assertThat(cache.calls()).extracting(Call::name).containsExactly("getAll");
  }

  // More lookups than may run at once.

  @Test
  void lookUp_beyondTheLimit_waitsUntilOneEnds() {
    CellReads narrow = reads(AdmissionQueue.fixed("queue", 1, 1));
    CompletableFuture<Void> answer = firstAnswerHeld();
    CompletableFuture<Sighting> first = narrow.lookUp(ALICE, scope());
    CompletableFuture<List<Sighting>> second = narrow.lookUpAll(List.of(ALICE, BOB), scope());

    assertThat(cache.calls()).extracting(Call::name).containsExactly("get");
    answer.complete(null);
    assertThat(cache.calls()).extracting(Call::name).containsExactly("get", "getAll");
    assertThat(first).isCompleted();
    assertThat(second).isCompletedWithValueMatching(found -> found.size() == 2);
  }

  @Test
  void lookUp_queueFull_isOverloadedAndDoesNotAskTheCache() {
    CellReads narrow = reads(AdmissionQueue.fixed("queue", 1, 1));
    CompletableFuture<Void> answer = firstAnswerHeld();
    var unusedFirst = narrow.lookUp(ALICE, scope());
    CompletableFuture<Sighting> second = narrow.lookUp(ALICE, scope());

    assertOverloaded(narrow.lookUp(ALICE, scope()));
    assertOverloaded(narrow.lookUpAll(List.of(ALICE, BOB), scope()));
    answer.complete(null);
    assertThat(second).isCompleted();
    assertThat(cache.calls()).hasSize(2);
  }

  private static void assertOverloaded(CompletableFuture<?> lookup) {
    assertThat(lookup).isCompletedExceptionally();
    assertThat(lookup.exceptionNow())
        .isInstanceOfSatisfying(
            AccountException.class,
            failure -> assertThat(failure.error()).isInstanceOf(AccountError.Overloaded.class));
  }

  @Test
  void lookUp_callerGoneWhileItWaits_isCancelledAndDoesNotAskTheCache() {
    CellReads narrow = reads(AdmissionQueue.fixed("queue", 1, 1));
    CompletableFuture<Void> answer = firstAnswerHeld();
    var unusedFirst = narrow.lookUp(ALICE, scope());
    CallScope caller = scope();
    CompletableFuture<Sighting> second = narrow.lookUp(BOB, caller);
    caller.cancel();
    answer.complete(null);

    assertThat(second).isCancelled();
    assertThat(cache.calls()).containsExactly(new Call("get", List.of(KEY)));
  }

  /** Has the first call be answered when the result completes, and the others at once. */
  private CompletableFuture<Void> firstAnswerHeld() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    Iterator<CompletableFuture<Void>> answers = List.of(first).iterator();
    cache.answeredAfter(
        call -> answers.hasNext() ? answers.next() : CompletableFuture.completedFuture(null));
    return first;
  }

  // Claims.

  @Test
  void claim_nothingThere_wins() {
    Claim claim = claim(free());

    assertThat(cell()).isEqualTo(new Cell.Loading());
    assertThat(claim).isEqualTo(new Claim.Won(held.view(), KEY, version()));
  }

  @Test
  void claim_worthlessCell_wins() {
    put(new Cell.Invalid());
    Sighting.Free free = free();

    assertThat(claim(free)).isInstanceOf(Claim.Won.class);
    assertThat(cell()).isEqualTo(new Cell.Loading());
  }

  @Test
  void claim_somebodyWasFirst_isLost() {
    Sighting.Free nothing = free();
    assertThat(claim(nothing)).isInstanceOf(Claim.Won.class);
    assertThat(claim(nothing)).isEqualTo(new Claim.Lost());

    put(new Cell.Invalid());
    Sighting.Free invalid = free();
    assertThat(claim(invalid)).isInstanceOf(Claim.Won.class);
    assertThat(claim(invalid)).isEqualTo(new Claim.Lost());
  }

  @Test
  void claim_worthlessCellLost_isLost() {
    put(new Cell.Invalid());
    Sighting.Free free = free();
    cache.flush();

    assertThat(claim(free)).isEqualTo(new Claim.Lost());
    assertThat(cache.peek(KEY)).isEqualTo(new CellAnswer.Nothing());
  }

  @Test
  void claim_unanswered_isUnavailable() {
    Sighting.Free free = free();
    cache.answersLost(() -> true);

    assertThat(claim(free)).isEqualTo(new Claim.Unavailable());
  }

  // Everybody else would wait for a fill that never comes.
  @Test
  void claim_answeredAfterItsReaderLeft_isGivenUp() {
    Sighting.Free free = free();
    CompletableFuture<Void> late = new CompletableFuture<>();
    cache.answeredAfter(call -> late);
    CallScope reader = scope();
    CompletableFuture<Claim> claim = reads.claim(free, reader);
    assertThat(cell()).isEqualTo(new Cell.Loading());
    reader.cancel();

    assertThat(claim).isCompletedWithValue(new Claim.Unavailable());
    late.complete(null);
    assertThat(cell()).isEqualTo(new Cell.Invalid());
  }

  @Test
  void claim_lostAfterItsReaderLeft_leavesTheOthersClaim() {
    Sighting.Free free = free();
    assertThat(claim(free)).isInstanceOf(Claim.Won.class);
    CompletableFuture<Void> late = new CompletableFuture<>();
    cache.answeredAfter(call -> late);
    CallScope reader = scope();
    var unused = reads.claim(free, reader);
    reader.cancel();
    late.complete(null);

    assertThat(cell()).isEqualTo(new Cell.Loading());
  }

  @Test
  void claim_readerGone_claimsNothing() {
    Sighting.Free free = free();
    CallScope gone = scope();
    gone.cancel();

    assertThat(reads.claim(free, gone)).isCompletedWithValue(new Claim.Unavailable());
    assertThat(cache.peek(KEY)).isEqualTo(new CellAnswer.Nothing());
  }

  // Fills.

  @Test
  void fill_claimStands_isTheEpochsOfTheClaim() {
    Claim.Won claim = (Claim.Won) claim(free());
    held.renew(state("first", EPOCH + 1));
    CellStamp stamp = reads.fill(claim, FOUND, scope());

    assertThat(cell()).isEqualTo(HIT);
    assertThat(stamp.version().get()).contains(version());
    assertThat(stamp.settles(Revision.FIRST)).isTrue();
  }

  @Test
  void fill_claimTakenOver_changesNothingAndSettlesNothing() {
    Claim.Won claim = (Claim.Won) claim(free());
    put(new Cell.Loading());
    CellStamp stamp = reads.fill(claim, FOUND, scope());

    assertThat(cell()).isEqualTo(new Cell.Loading());
    assertThat(stamp.version().get()).isEmpty();
    assertThat(stamp.settles(Revision.FIRST)).isFalse();
  }

  @Test
  void fill_afterAWrite_changesNothing() {
    Claim.Won claim = (Claim.Won) claim(free());
    Cell written = new Cell.Value(EPOCH, new Lookup.Found<>(renamed(user("alice"))));
    put(written);
    reads.fill(claim, FOUND, scope());

    assertThat(cell()).isEqualTo(written);
  }

  @Test
  void fill_unanswered_settlesNothing() {
    Claim.Won claim = (Claim.Won) claim(free());
    cache.answersLost(() -> true);

    assertThat(reads.fill(claim, FOUND, scope()).settles(Revision.FIRST)).isFalse();
  }

  @Test
  void abandon_claimStands_isInvalid() {
    reads.abandon((Claim.Won) claim(free()), scope());

    assertThat(cell()).isEqualTo(new Cell.Invalid());
  }

  @Test
  void abandon_claimTakenOver_changesNothing() {
    Claim.Won claim = (Claim.Won) claim(free());
    put(HIT);
    reads.abandon(claim, scope());

    assertThat(cell()).isEqualTo(HIT);
  }

  private CellVersion put(Cell cell) {
    cache.put(KEY, cell);
    return version();
  }

  private CellVersion version() {
    return ((CellAnswer.Seen) cache.peek(KEY)).version();
  }

  private Cell cell() {
    return ((CellAnswer.Seen) cache.peek(KEY)).cell();
  }

  private Sighting lookUp() {
    return reads.lookUp(ALICE, scope()).join();
  }

  private Sighting.Free free() {
    return (Sighting.Free) lookUp();
  }

  private Claim claim(Sighting.Free free) {
    return reads.claim(free, scope()).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
