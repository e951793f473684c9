package accounts.service;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.domain.Account;
import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.NamePrefix;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.DirectoryQuery;
import accounts.store.DirectoryRound;
import accounts.store.DirectoryStore;
import accounts.store.ForwardingDirectoryStore;
import accounts.store.InMemoryAccountStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DirectoryBackfillTest {

  private final InMemoryAccountStore store = new InMemoryAccountStore();
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicInteger steps = new AtomicInteger();
  private final AtomicReference<DirectoryRound> seen = new AtomicReference<>();
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private Runnable beforeEntering = () -> {};
  private final DirectoryStore directory = new Watched();
  private final DirectoryBackfill backfill = backfill();

  /** Does something before each account is entered. */
  private final class Watched extends ForwardingDirectoryStore {

    Watched() {
      super(store);
    }

    @Override
    public CompletableFuture<Boolean> enter(Account seen, CallScope scope) {
      beforeEntering.run();
      return super.enter(seen, scope);
    }
  }

  private final class Observer implements DirectoryObserver {

    @Override
    public void seen(DirectoryRound round) {
      seen.set(round);
    }

    @Override
    public void stepped() {
      steps.incrementAndGet();
    }

    @Override
    public void entered() {
      entered.incrementAndGet();
    }
  }

  private DirectoryBackfill backfill() {
    return timed(new ManualTimer());
  }

  @Test
  void step_accountsWithoutEntries_areEnteredInOneRound() {
    create(user("alice"), user("bob"), organization("org"));
    store.loseEntry(userKey("alice"));
    store.loseEntry(organization("org").key());

    steps(backfill, 2);

    assertThat(users()).containsExactly("alice", "bob");
    assertThat(listed(AccountKind.ORGANIZATION)).containsExactly("org");
    assertThat(entered).hasValue(2);
    assertThat(round())
        .isEqualTo(new DirectoryRound(2, 1, true, Optional.of(now), false, Optional.empty()));
    assertThat(steps).hasValue(2);
    assertThat(seen).hasValue(round());
  }

  /** An instance that makes no step shows how far the search is, too. */
  @Test
  void step_anotherInstanceSearches_isSeen() {
    create(user("alice"));
    DirectoryBackfill other = backfill();
    steps(other, 1);
    steps.set(0);

    steps(backfill, 1);

    assertThat(seen.get()).isEqualTo(round()).matches(DirectoryRound::running);
    assertThat(steps).hasValue(0);
  }

  @Test
  void step_largeTable_goesThroughItInSteps() {
    IntStream.range(0, 450).forEach(i -> create(user("user" + i)));
    IntStream.range(0, 450).forEach(i -> store.loseEntry(userKey("user" + i)));

    steps(backfill, 3);
    assertThat(entered).hasValue(400);
    assertThat(round().running()).isTrue();

    steps(backfill, 1);
    assertThat(users()).hasSize(450);
    assertThat(round().ended()).isEqualTo(1);
  }

  // Instances of an older version may have gone on creating while the first round was made.
  @Test
  void step_afterARound_anotherFollowsInAnHourThenEachWeek() {
    steps(backfill, 2);
    now = now.plus(Duration.ofMinutes(59));
    steps(backfill, 3);
    assertThat(round().ended()).isEqualTo(1);

    now = now.plus(Duration.ofMinutes(1));
    steps(backfill, 2);
    assertThat(round().ended()).isEqualTo(2);

    now = now.plus(Duration.ofDays(7)).minusMillis(1);
    steps(backfill, 3);
    assertThat(round().ended()).isEqualTo(2);
    now = now.plusMillis(1);
    steps(backfill, 2);
    assertThat(round().ended()).isEqualTo(3);
  }

  @Test
  void step_changedMeanwhile_isReadAgainAndEntered() {
    create(user("alice"));
    store.loseEntry(userKey("alice"));
    User suspended = user("alice").inState(UserState.SUSPENDED, CHANGED);
    beforeEntering = once(() -> commit(new Change.Replace(suspended)));

    steps(backfill, 2);

    assertThat(users()).containsExactly("alice");
    assertThat(entered).hasValue(1);
  }

  // It would keep the search from going on at the same place for ever.
  @Test
  void step_changedAllTheTime_isLeftToTheNextRound() {
    create(user("alice"), user("bob"));
    store.loseEntry(userKey("alice"));
    store.loseEntry(userKey("bob"));
    AtomicReference<User> alice = new AtomicReference<>(user("alice"));
    beforeEntering =
        () ->
            commit(
                new Change.Replace(
                    alice.updateAndGet(user -> user.inState(UserState.SUSPENDED, CHANGED))));

    steps(backfill, 2);

    assertThat(users()).containsExactly("bob");
    assertThat(round().ended()).isEqualTo(1);
    assertThat(round().isComplete()).isFalse();
  }

  @Test
  void isComplete_firstRoundFoundSome_isSoAfterTheSecond() {
    create(user("alice"));
    store.loseEntry(userKey("alice"));
    assertThat(round().isComplete()).isFalse();

    steps(backfill, 2);
    assertThat(round().isComplete()).isFalse();

    now = now.plus(Duration.ofHours(1));
    steps(backfill, 2);
    assertThat(round().isComplete()).isTrue();
  }

  @Test
  void isComplete_firstRoundFoundNone_isSo() {
    create(user("alice"));

    steps(backfill, 2);

    assertThat(round().isComplete()).isTrue();
  }

  // It may have entered some, and stopped before it noted that.
  @Test
  void isComplete_firstRoundWasLeft_isSoAfterTheSecond() {
    DirectoryBackfill other = backfill();
    steps(backfill, 1);
    steps(other, 3);

    assertThat(round().ended()).isEqualTo(1);
    assertThat(round().isComplete()).isFalse();
  }

  // The clock of an instance that ended a round was ahead by years.
  @Test
  void step_lastRoundEndedInTheFuture_anotherIsMade() {
    steps(backfill, 2);
    now = now.minus(Duration.ofDays(400));

    steps(backfill, 2);

    assertThat(round().ended()).isEqualTo(2);
  }

  @Test
  void step_deletedMeanwhile_isNotEntered() {
    create(user("alice"));
    store.loseEntry(userKey("alice"));
    User deleting = user("alice").deleting(true, CHANGED);
    beforeEntering =
        once(() -> {
          commit(new Change.Replace(deleting));
          commit(new Change.End(deleting.deleting(false, CHANGED), CHANGED.plusSeconds(60)));
        });

    steps(backfill, 2);

    assertThat(users()).isEmpty();
    assertThat(entered).hasValue(0);
    assertThat(round().ended()).isEqualTo(1);
  }

  @Test
  void step_fails_isLeftAndGoneOnWithByAnother() {
    IntStream.range(0, 250).forEach(i -> create(user("user" + i)));
    IntStream.range(0, 250).forEach(i -> store.loseEntry(userKey("user" + i)));
    DirectoryBackfill other = backfill();
    steps(backfill, 2);
    DirectoryRound before = round();
    beforeEntering =
        once(() -> {
          throw new IllegalStateException("unreachable");
        });

    assertThatThrownBy(() -> backfill.step().join()).hasMessageContaining("unreachable");
    assertThat(round()).isEqualTo(before);
    steps(other, 1);
    assertThat(round()).isEqualTo(before);
    steps(other, 2);

    assertThat(users()).hasSize(250);
    assertThat(round().ended()).isEqualTo(1);
  }

  @Test
  void step_twoInstances_oneMakesTheRound() {
    IntStream.range(0, 450).forEach(i -> create(user("user" + i)));
    IntStream.range(0, 450).forEach(i -> store.loseEntry(userKey("user" + i)));
    DirectoryBackfill other = backfill();

    for (int i = 0; i < 4; i++) {
      steps(backfill, 1);
      steps(other, 1);
    }

    assertThat(entered).hasValue(450);
    assertThat(round().progress()).isEqualTo(4);
    assertThat(round().ended()).isEqualTo(1);
  }

  // Who was taken for gone and was only slow must not note what it does as well.
  @Test
  void step_overtaken_leavesTheRoundToTheOther() {
    IntStream.range(0, 450).forEach(i -> create(user("user" + i)));
    IntStream.range(0, 450).forEach(i -> store.loseEntry(userKey("user" + i)));
    DirectoryBackfill other = backfill();
    steps(backfill, 2);
    steps(other, 2);
    DirectoryRound taken = round();

    steps(backfill, 1);
    assertThat(round()).isEqualTo(taken);
    steps(other, 2);
    assertThat(round().ended()).isEqualTo(1);
    assertThat(users()).hasSize(450);
  }

  // It may have begun when stop() had cancelled the step before.
  @Test
  void step_stoppedAlready_doesNothing() {
    var unused = backfill.stop();

    assertThat(backfill.step()).isCompletedExceptionally();
    assertThat(round()).isEqualTo(DirectoryRound.NONE);
  }

  @Test
  void stop_amidARound_leavesIt() {
    ManualTimer timer = new ManualTimer();
    DirectoryBackfill timed = timed(timer);
    timed.start();
    timer.advance(Duration.ofSeconds(1));
    DirectoryRound begun = round();
    CompletableFuture<Void> stopped = timed.stop();
    timer.advance(Duration.ofMinutes(2));

    assertThat(begun.running()).isTrue();
    assertThat(stopped).isCompleted();
    assertThat(round()).isEqualTo(begun);
  }

  @Test
  void start_roundIsDue_isMadeAtOnceAndNextLookIsAPeriodLater() {
    ManualTimer timer = new ManualTimer();
    DirectoryBackfill timed = timed(timer);
    timed.start();
    timer.advance(Duration.ofSeconds(2));
    assertThat(round().ended()).isEqualTo(1);

    now = now.plus(Duration.ofHours(1));
    timer.advance(Duration.ofSeconds(47));
    assertThat(round().running()).isFalse();
    timer.advance(Duration.ofSeconds(26));
    assertThat(round().ended()).isEqualTo(2);
  }

  private DirectoryBackfill timed(ManualTimer timer) {
    return new DirectoryBackfill(
        store,
        directory,
        Duration.ofMinutes(1),
        Duration.ofSeconds(1),
        () -> now,
        timer,
        new Observer(),
        () -> 0);
  }

  private static Runnable once(Runnable action) {
    AtomicInteger left = new AtomicInteger(1);
    return () -> {
      if (left.getAndDecrement() == 1) {
        action.run();
      }
    };
  }

  private static void steps(DirectoryBackfill backfill, int count) {
    for (int i = 0; i < count; i++) {
      backfill.step().join();
    }
  }

  private List<String> users() {
    return listed(AccountKind.USER);
  }

  private List<String> listed(AccountKind kind) {
    return store
        .list(
            new DirectoryQuery(new NamePrefix(kind, ""), Optional.empty(), Optional.empty(), 1000),
            scope())
        .join()
        .keys()
        .stream()
        .map(AccountKey::name)
        .toList();
  }

  private DirectoryRound round() {
    return store.round(scope()).join();
  }

  private void create(Account... accounts) {
    List.of(accounts).forEach(account -> commit(new Change.Create(account)));
  }

  private void commit(Change change) {
    assertThat(
            store.commit(new Commit(List.of(change), Optional.empty(), List.of()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
