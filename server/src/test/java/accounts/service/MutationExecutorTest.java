package accounts.service;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.LabelChange;
import accounts.domain.Labels;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.PersonName;
import accounts.domain.Resource;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.store.AdmissionQueue;
import accounts.store.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MutationExecutorTest extends MutationFixture {

  @Test
  void run_allowed_isDoneAndCached() {
    assertThat(run(createUser("alice"))).containsExactly(createdUser("alice"));
    assertThat(get(userKey("alice")))
        .satisfies(
            reading ->
                assertThat(reading.lookup()).isEqualTo(new Lookup.Found<>(createdUser("alice"))),
            reading -> assertThat(reading.source()).isEqualTo(Source.CACHE));
  }

  @Test
  void run_cacheDown_isDone() {
    reader.cacheDown = true;

    assertThat(run(createUser("alice"))).containsExactly(createdUser("alice"));
  }

  @Test
  void run_nothingToChange_returnsItAsItIs() {
    given(new Change.Create(user("alice")));

    assertThat(
            run(
                new UpdateUser(
                    username("alice"),
                    Optional.of(user("alice").firstName()),
                    Optional.empty(),
                    LabelChange.NOTHING,
                    Revision.NONE)))
        .containsExactly(user("alice"));
  }

  // Another writer may have committed just that, and died before it was fresh.
  @Test
  void run_nothingToChange_makesWhatItAnswersFresh() {
    given(new Change.Create(user("alice")));
    get(userKey("alice"));
    User second = renamed(user("alice"));
    given(new Change.Replace(second));
    assertThat(
            run(
                new UpdateUser(
                    username("alice"),
                    Optional.of(second.firstName()),
                    Optional.of(second.lastName()),
                    LabelChange.NOTHING,
                    Revision.NONE)))
        .containsExactly(second);

    assertThat(get(userKey("alice")).lookup()).isEqualTo(new Lookup.Found<>(second));
  }

  // As with the cache gone: all reads go to the store, which takes no more of them.
  @Test
  void run_readsAreShed_isDoneAllTheSame() {
    store.readsGate =
        CompletableFuture.failedFuture(
            new AccountException(new AccountError.Overloaded(Duration.ofMillis(100))));
    reader.cacheDown = true;

    assertThat(run(createUser("alice"))).containsExactly(createdUser("alice"));
  }

  @Test
  void run_committedAndCannotBeMadeFresh_isUnavailable() {
    reader.cacheDown = true;
    listener.gate =
        CompletableFuture.failedFuture(
            new AccountException(new AccountError.StoreThrottled(Duration.ofMillis(100))));

    assertThat(error(createUser("alice"))).isInstanceOf(AccountError.StoreUnavailable.class);
    listener.gate = CompletableFuture.completedFuture(null);
    assertThat(found(userKey("alice"))).isPresent();
  }

  // Decided by the store.

  @Test
  void run_cachedRoleIsGone_isRefused() {
    givenOrganization("alice");
    Membership bob = membership("org", "bob", Role.OWNER);
    given(new Change.Create(bob), new Change.AddOwner(organizationName("org")));
    given(new Change.Create(user("carol")));
    get(bob.key());
    given(new Change.Remove(bob.removed(CHANGED)));

    assertThat(refusal(add("carol", Role.MEMBER, "bob")))
        .isEqualTo(
            new AccountError.RoleRequired(
                organizationName("org"),
                username("bob"),
                Optional.empty(),
                Set.of(Role.OWNER, Role.ADMIN)));
    assertThat(found(membershipKey("org", "carol"))).isEmpty();
  }

  @Test
  void run_cachedAbsenceIsOver_isAlreadyThere() {
    get(userKey("alice"));
    given(new Change.Create(user("alice")));

    assertThat(refusal(createUser("alice")))
        .isEqualTo(new AccountError.UserAlreadyExists(username("alice")));
    assertThat(found(userKey("alice"))).contains(user("alice"));
  }

  @Test
  void run_cachedRefusalIsOver_isDone() {
    givenOrganization("alice");
    given(new Change.Create(user("carol")));
    given(new Change.Create(user("bob")));
    Membership bob = membership("org", "bob", Role.MEMBER);
    given(new Change.Create(bob));
    get(bob.key());
    given(new Change.Replace(bob.withRole(Role.ADMIN, CHANGED)));

    assertThat(run(add("carol", Role.ADMIN, "bob"))).hasSize(1);
    assertThat(found(membershipKey("org", "carol"))).isPresent();
  }

  @Test
  void run_actorSuspendedSinceItWasCached_isRefused() {
    givenOrganization("alice");
    given(new Change.Create(user("bob")));
    get(userKey("alice"));
    given(new Change.Replace(user("alice").inState(UserState.SUSPENDED, CHANGED)));

    assertThat(refusal(add("bob", Role.MEMBER, "alice")))
        .isEqualTo(new AccountError.UserSuspended(username("alice")));
    assertThat(found(membershipKey("org", "bob"))).isEmpty();
  }

  @Test
  void run_actorSuspendedWhileItCommits_isRefused() {
    givenOrganization("alice");
    given(new Change.Create(user("bob")));
    store.beforeCommit =
        () -> {
          store.beforeCommit = () -> {};
          given(new Change.Replace(user("alice").inState(UserState.SUSPENDED, CHANGED)));
        };

    assertThat(refusal(add("bob", Role.MEMBER, "alice")))
        .isEqualTo(new AccountError.UserSuspended(username("alice")));
    assertThat(found(membershipKey("org", "bob"))).isEmpty();
  }

  @Test
  void run_cachedRefusal_isConfirmedByOneSnapshot() {
    given(new Change.Create(user("alice")));
    assertThat(refusal(createUser("alice"))).isInstanceOf(AccountError.UserAlreadyExists.class);

    assertThat(store.snapshots).containsExactly(Set.of(userKey("alice")));
  }

  @Test
  void run_cachedRevisionIsOld_changesTheLatest() {
    given(new Change.Create(user("alice")));
    get(userKey("alice"));
    User second = renamed(user("alice"));
    given(new Change.Replace(second));
    List<Resource> done =
        run(
            new UpdateUser(
                username("alice"),
                Optional.empty(),
                Optional.of(new PersonName("Last")),
                LabelChange.NOTHING,
                Revision.NONE));

    assertThat(done)
        .containsExactly(
            second.updated(second.firstName(), new PersonName("Last"), Labels.NONE, CREATED));
  }

  @Test
  void run_expectedRevisionIsOnlyTheCaches_isRefused() {
    given(new Change.Create(user("alice")));
    get(userKey("alice"));
    given(new Change.Replace(renamed(user("alice"))));

    assertThat(refusal(rename("alice", Revision.FIRST)))
        .isEqualTo(
            new AccountError.RevisionMismatch(userKey("alice"), Revision.FIRST, new Revision(2)));
  }

  // Contention.

  @Test
  void run_contendedForAWhile_isDone() {
    given(new Change.Create(user("alice")));
    AtomicInteger rounds = new AtomicInteger(5);
    store.beforeCommit =
        () -> {
          if (rounds.getAndDecrement() > 0) {
            renameBehindItsBack();
          }
        };
    run(rename("alice", Revision.NONE));

    assertThat(found(userKey("alice")).orElseThrow().revision()).isEqualTo(new Revision(7));
    assertThat(timer.pauses).hasSize(3).allMatch(Duration::isPositive);
  }

  @Test
  void run_contendedWithoutEnd_isThrottledAfterBoundedRounds() {
    given(new Change.Create(user("alice")));
    store.beforeCommit = this::renameBehindItsBack;

    assertThat(error(rename("alice", Revision.NONE)))
        .isInstanceOf(AccountError.StoreThrottled.class);
    // One on the place of the first commit, and fifteen rounds.
    assertThat(store.snapshots).hasSize(16);
    assertThat(timer.pauses).allMatch(pause -> pause.compareTo(Duration.ofMillis(300)) <= 0);
  }

  // While it waited for its place the cached answer became outdated; another wait would outdate the
  // next.
  @Test
  void run_conflictAfterAWait_commitsAgainOnTheSamePlace() {
    given(new Change.Create(user("alice")));
    get(userKey("alice"));
    AdmissionQueue onePlace =
        AdmissionQueue.adaptive("queue", 1, 1, 2, Duration.ofSeconds(2), System::nanoTime);
    MutationExecutor queued = executor(onePlace);
    CompletableFuture<Void> occupied = new CompletableFuture<>();
    var unused = onePlace.admit(scope(), own -> occupied);
    CompletableFuture<List<Resource>> first =
        queued.run(rename("alice", Revision.NONE), Optional.empty(), Optional.of(CALLER), scope());
    List<String> order = new ArrayList<>();
    var unusedNext =
        onePlace.admit(
            scope(),
            own -> {
              order.add("next " + first.isDone());
              return CompletableFuture.completedFuture(null);
            });
    renameBehindItsBack();
    occupied.complete(null);

    assertThat(bounded(first)).hasSize(1);
    assertThat(order).containsExactly("next true");
    assertThat(found(userKey("alice")).orElseThrow().revision()).isEqualTo(new Revision(3));
  }

  /** The store goes on with what its caller has given up. */
  @Test
  void run_callerGoneDuringASnapshot_holdsItsPlaceUntilTheStoreAnswers() {
    AdmissionQueue onePlace =
        AdmissionQueue.adaptive("queue", 1, 1, 0, Duration.ofSeconds(2), System::nanoTime);
    CompletableFuture<Void> answer = new CompletableFuture<>();
    store.snapshotsGate = answer;
    CallScope caller = scope();
    var unused =
        executor(onePlace)
            .run(rename("alice", Revision.NONE), Optional.empty(), Optional.of(CALLER), caller);

    caller.cancel();
    assertThat(onePlace.running()).isEqualTo(1);

    answer.complete(null);
    assertThat(onePlace.running()).isZero();
  }

  // The cache may take seconds, and others want to commit.
  @Test
  void run_committedAndNotFreshYet_holdsNoPlace() {
    AdmissionQueue onePlace =
        AdmissionQueue.adaptive("queue", 1, 1, 0, Duration.ofSeconds(2), System::nanoTime);
    listener.gate = new CompletableFuture<>();
    CompletableFuture<List<Resource>> running =
        executor(onePlace).run(createUser("alice"), Optional.empty(), Optional.of(CALLER), scope());

    assertThat(running).isNotDone();
    assertThat(onePlace.running()).isZero();
  }

  private void renameBehindItsBack() {
    given(new Change.Replace(renamed(found(userKey("alice")).orElseThrow())));
  }

  // The caller.

  @Test
  void run_callerGoneBeforeTheCommit_commitsNothing() {
    CallScope scope = scope();
    store.afterRead = scope::cancel;

    assertThat(executor.run(createUser("alice"), Optional.of(REQUEST), Optional.of(CALLER), scope))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(CancellationException.class);
    assertThat(store.commits).isEmpty();
  }

  @Test
  void run_callerGoneDuringTheCommit_commitsAndTellsTheListener() {
    CallScope scope = scope();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.commitsGate = gate;
    CompletableFuture<List<Resource>> running =
        executor.run(createUser("alice"), Optional.of(REQUEST), Optional.of(CALLER), scope);
    scope.cancel();
    gate.complete(null);

    assertThat(running).isCompletedWithValue(List.of(createdUser("alice")));
    assertThat(get(userKey("alice")).source()).isEqualTo(Source.CACHE);
    assertThat(get(userKey("alice")).lookup()).isEqualTo(new Lookup.Found<>(createdUser("alice")));
  }

  @Test
  void run_outcomeOfTheCommitUnknown_letsReadsSeeItAndFails() {
    given(new Change.Create(user("alice")));
    get(userKey("alice"));
    AccountException failure =
        new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1)));
    store.commitsGate = CompletableFuture.failedFuture(failure);

    assertThat(error(rename("alice", Revision.NONE))).isSameAs(failure.error());
    assertThat(get(userKey("alice")).lookup().revision()).isEqualTo(new Revision(2));
    assertThat(listener.committed).isEmpty();
  }

  @Test
  void run_outcomeOfTheCommitUnknownAndCacheDown_fails() {
    AccountException failure =
        new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1)));
    store.commitsGate = CompletableFuture.failedFuture(failure);
    reader.cacheDown = true;

    assertThat(error(createUser("alice"))).isSameAs(failure.error());
  }

  @Test
  void run_committedAndNotFreshYet_isNotAnswered() {
    reader.cacheDown = true;
    CompletableFuture<Void> gate = new CompletableFuture<>();
    listener.gate = gate;
    CompletableFuture<List<Resource>> running =
        executor.run(createUser("alice"), Optional.empty(), Optional.of(CALLER), scope());

    assertThat(listener.committed).hasSize(1);
    assertThat(running).isNotDone();
    gate.complete(null);
    assertThat(running).isCompletedWithValue(List.of(createdUser("alice")));
  }

  @Test
  void run_storeFailsAtCommit_failsAlike() {
    AccountException failure =
        new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1)));
    store.commitsGate = CompletableFuture.failedFuture(failure);

    assertThat(error(createUser("alice"))).isSameAs(failure.error());
  }

  // The last owner.

  @Test
  void run_lastOwnerLeaves_isRefused() {
    givenOrganization("alice");

    assertThat(refusal(remove("alice", "alice")))
        .isEqualTo(new AccountError.LastOwner(organizationName("org"), username("alice")));
    assertThat(found(membershipKey("org", "alice"))).isPresent();
  }

  @Test
  void run_lastOwnerIsDemoted_isRefused() {
    givenOrganization("alice");

    assertThat(
            refusal(
                new ChangeMemberRole(
                    organizationName("org"),
                    username("alice"),
                    Role.ADMIN,
                    username("alice"),
                    Revision.NONE)))
        .isEqualTo(new AccountError.LastOwner(organizationName("org"), username("alice")));
  }

  @Test
  void run_lastOwnerRefused_isRepeatedThoughThereIsAnotherNow() {
    givenOrganization("alice");
    AccountError refusal = error(remove("alice", "alice"), REQUEST);
    given(
        new Change.Create(membership("org", "bob", Role.OWNER)),
        new Change.AddOwner(organizationName("org")));

    assertThat(error(remove("alice", "alice"), REQUEST)).isEqualTo(refusal);
    assertThat(run(remove("alice", "alice"))).hasSize(1);
  }

  @Test
  void run_oneOfTwoOwnersLeaves_isDone() {
    givenOrganization("alice");
    given(new Change.Create(user("bob")));
    run(add("bob", Role.OWNER, "alice"));
    run(remove("alice", "alice"));

    assertThat(get(membershipKey("org", "alice")).lookup())
        .isEqualTo(new Lookup.Absent<>(new Revision(2)));
    assertThat(refusal(remove("bob", "bob"))).isInstanceOf(AccountError.LastOwner.class);
  }

  @Test
  void run_removedAndAddedAgain_continuesTheRevision() {
    givenOrganization("alice");
    given(new Change.Create(user("bob")));
    run(add("bob", Role.MEMBER, "alice"));
    run(remove("bob", "alice"));
    now = now.plusMillis(1);
    run(add("bob", Role.MEMBER, "alice"));

    assertThat(found(membershipKey("org", "bob")).orElseThrow().revision())
        .isEqualTo(new Revision(3));
  }

  /** Both would have the same uid. A clock that goes on is at another time in the next round. */
  @Test
  void run_addedAgainAtTheTimeOfTheFirst_isRefused() {
    givenOrganization("alice");
    given(new Change.Create(user("bob")));
    run(add("bob", Role.MEMBER, "alice"));
    run(remove("bob", "alice"));

    assertThatThrownBy(() -> run(add("bob", Role.MEMBER, "alice")))
        .hasMessageContaining("StoreThrottled");
    assertThat(found(membershipKey("org", "bob"))).isEmpty();
  }
}
