package accounts.service;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import accounts.async.CallScope;
import accounts.cache.InMemoryAccountCache;
import accounts.cache.ReadAside;
import accounts.cache.ReadOptions;
import accounts.cache.ReadSide;
import accounts.cache.Reading;
import accounts.cache.RecordingAccountCache;
import accounts.cache.Source;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.PersonName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.InMemoryAccountStore;
import accounts.store.RecordingAccountStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MutatorTest {

  private static final RequestIdentity REQUEST = identity("content");

  private final InMemoryAccountStore truth = new InMemoryAccountStore();
  private final RecordingAccountStore store = new RecordingAccountStore(truth);
  private final RecordingAccountCache cache = new RecordingAccountCache(new InMemoryAccountCache());
  private final ReadSide side = new ReadSide(cache, store);
  private final ReadAside reads = side.reads;
  private final ImpatientTimer timer = new ImpatientTimer();
  private final Mutator mutator =
      new Mutator(
          reads, store, Duration.ofSeconds(20), InstantSource.fixed(CREATED.plusNanos(999)), timer);

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

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
  void run_cacheAway_isDone() {
    cache.away = true;

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
                    Revision.NONE)))
        .containsExactly(user("alice"));
  }

  /** Whoever committed what this one finds done may not have told the cache yet. */
  @Test
  void run_nothingToChangeThatTheCacheHasNotHeardOf_isReadFromThenOn() {
    given(new Change.Create(user("alice")));
    get(userKey("alice"));
    User second = renamed(user("alice"));
    given(new Change.Replace(second));

    assertThat(
            run(
                new UpdateUser(
                    username("alice"),
                    Optional.of(second.firstName()),
                    Optional.empty(),
                    Revision.NONE)))
        .containsExactly(second);
    assertThat(get(userKey("alice")).lookup()).isEqualTo(new Lookup.Found<>(second));
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
    Membership bob = membership("org", "bob", Role.MEMBER);
    given(new Change.Create(bob));
    get(bob.key());
    given(new Change.Replace(bob.withRole(Role.ADMIN, CHANGED)));

    assertThat(run(add("carol", Role.ADMIN, "bob"))).hasSize(1);
    assertThat(found(membershipKey("org", "carol"))).isPresent();
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
    List<Entity> done =
        run(
            new UpdateUser(
                username("alice"),
                Optional.empty(),
                Optional.of(new PersonName("Last")),
                Revision.NONE));

    assertThat(done)
        .containsExactly(second.renamed(second.firstName(), new PersonName("Last"), CREATED));
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

  // Request ids.

  @Test
  void run_requestRepeated_returnsTheSameAndChangesNothing() {
    List<Entity> first = run(createUser("alice"), REQUEST);
    given(new Change.Replace(renamed(createdUser("alice"))));

    assertThat(run(createUser("alice"), REQUEST)).isEqualTo(first);
    assertThat(found(userKey("alice"))).contains(renamed(createdUser("alice")));
  }

  @Test
  void run_requestRepeated_makesReadersLookAgain() {
    run(createUser("alice"), REQUEST);
    given(new Change.Replace(renamed(createdUser("alice"))));
    run(createUser("alice"), REQUEST);

    assertThat(get(userKey("alice")).source()).isEqualTo(Source.STORE);
  }

  @Test
  void run_updateRepeated_isDoneOnce() {
    given(new Change.Create(user("alice")));
    List<Entity> first = run(rename("alice", Revision.NONE), REQUEST);

    assertThat(run(rename("alice", Revision.NONE), REQUEST)).isEqualTo(first);
    assertThat(found(userKey("alice")).orElseThrow().revision()).isEqualTo(new Revision(2));
  }

  @Test
  void run_refusedRequestRepeated_isRefusedThoughItWouldSucceedNow() {
    givenOrganization("alice");
    AccountError refusal = error(add("bob", Role.MEMBER, "alice"), REQUEST);
    given(new Change.Create(user("bob")));

    assertThat(refusal).isEqualTo(new AccountError.UserNotFound(username("bob")));
    assertThat(error(add("bob", Role.MEMBER, "alice"), REQUEST)).isEqualTo(refusal);
    assertThat(run(add("bob", Role.MEMBER, "alice"))).hasSize(1);
  }

  @Test
  void run_requestIdOfDoneForOtherContent_isReused() {
    run(createUser("alice"), REQUEST);

    assertThat(error(createUser("bob"), identity("other")))
        .isEqualTo(new AccountError.RequestIdReused(REQUEST.requestId()));
    assertThat(found(userKey("bob"))).isEmpty();
  }

  @Test
  void run_requestIdOfRefusedForOtherContent_isReused() {
    given(new Change.Create(user("alice")));
    error(createUser("alice"), REQUEST);

    assertThat(error(createUser("bob"), identity("other")))
        .isEqualTo(new AccountError.RequestIdReused(REQUEST.requestId()));
  }

  @Test
  void run_requestIdReusedForWhatIsRefused_isReused() {
    given(new Change.Create(user("bob")));
    run(createUser("alice"), REQUEST);

    assertThat(error(createUser("bob"), identity("other")))
        .isEqualTo(new AccountError.RequestIdReused(REQUEST.requestId()));
  }

  @Test
  void run_twoOfOneRequestAtOnce_isDoneOnce() {
    given(new Change.Create(user("alice")));
    CompletableFuture<List<Entity>> other = new CompletableFuture<>();
    store.beforeCommit =
        () -> {
          store.beforeCommit = () -> {};
          other.complete(run(rename("alice", Revision.NONE), REQUEST));
        };

    assertThat(run(rename("alice", Revision.NONE), REQUEST)).isEqualTo(other.join());
    assertThat(found(userKey("alice")).orElseThrow().revision()).isEqualTo(new Revision(2));
  }

  @Test
  void run_twoOfOneRefusedRequestAtOnce_areRefusedAlike() {
    given(new Change.Create(user("alice")));
    CompletableFuture<AccountError> other = new CompletableFuture<>();
    store.beforeCommit =
        () -> {
          store.beforeCommit = () -> {};
          other.complete(error(createUser("alice"), REQUEST));
        };

    assertThat(error(createUser("alice"), REQUEST)).isEqualTo(other.join());
    assertThat(store.commits).hasSize(2);
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
    assertThat(timer.pauses).hasSize(4).allMatch(Duration::isPositive);
  }

  @Test
  void run_contendedWithoutEnd_isThrottledAfterBoundedRounds() {
    given(new Change.Create(user("alice")));
    store.beforeCommit = this::renameBehindItsBack;

    assertThat(error(rename("alice", Revision.NONE)))
        .isInstanceOf(AccountError.StoreThrottled.class);
    // One at first sight, and sixteen rounds.
    assertThat(store.snapshots).hasSize(16);
    assertThat(timer.pauses).allMatch(pause -> pause.compareTo(Duration.ofMillis(300)) <= 0);
  }

  private void renameBehindItsBack() {
    given(new Change.Replace(renamed(found(userKey("alice")).orElseThrow())));
  }

  // The caller.

  @Test
  void run_callerGoneBeforeTheCommit_commitsNothing() {
    CallScope scope = scope();
    store.afterRead = scope::cancel;

    assertThat(mutator.run(createUser("alice"), Optional.of(REQUEST), scope))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(CancellationException.class);
    assertThat(store.commits).isEmpty();
  }

  @Test
  void run_callerGoneDuringTheCommit_commitsAndTellsTheCache() {
    CallScope scope = scope();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.commitsGate = gate;
    CompletableFuture<List<Entity>> running =
        mutator.run(createUser("alice"), Optional.of(REQUEST), scope);
    scope.cancel();
    gate.complete(null);

    assertThat(running).isCompletedWithValue(List.of(createdUser("alice")));
    assertThat(get(userKey("alice")).source()).isEqualTo(Source.CACHE);
    assertThat(get(userKey("alice")).lookup()).isEqualTo(new Lookup.Found<>(createdUser("alice")));
  }

  @Test
  void run_outcomeOfTheCommitUnknown_movesTheGenerationOnAndFails() {
    given(new Change.Create(user("alice")));
    get(userKey("alice"));
    AccountException failure =
        new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1)));
    store.commitsGate = CompletableFuture.failedFuture(failure);

    assertThat(error(rename("alice", Revision.NONE))).isSameAs(failure.error());
    assertThat(cache.advances).containsExactly(userKey("alice"));
    assertThat(get(userKey("alice")).lookup().revision()).isEqualTo(new Revision(2));
    assertThat(side.barrier.raised).isEmpty();
  }

  @Test
  void run_outcomeOfTheCommitUnknownAndCacheAway_fails() {
    AccountException failure =
        new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1)));
    store.commitsGate = CompletableFuture.failedFuture(failure);
    cache.away = true;

    assertThat(error(createUser("alice"))).isSameAs(failure.error());
  }

  @Test
  void run_cacheAway_raisesTheBarrierBeforeItAnswers() {
    cache.away = true;
    CompletableFuture<Void> gate = new CompletableFuture<>();
    side.barrier.gate = gate;
    CompletableFuture<List<Entity>> running =
        mutator.run(createUser("alice"), Optional.empty(), scope());

    assertThat(side.barrier.raised).containsExactly(Set.of(userKey("alice")));
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
    run(add("bob", Role.MEMBER, "alice"));

    assertThat(found(membershipKey("org", "bob")).orElseThrow().revision())
        .isEqualTo(new Revision(3));
  }

  // How the tests say it.

  private static RequestIdentity identity(String fingerprint) {
    return new RequestIdentity(RequestId.of("123e4567-e89b-12d3-a456-426614174000"), fingerprint);
  }

  private static CreateUser createUser(String name) {
    return new CreateUser(username(name), user(name).firstName(), user(name).lastName());
  }

  private static User createdUser(String name) {
    return user(name);
  }

  private static UpdateUser rename(String name, Revision expected) {
    return new UpdateUser(
        username(name), Optional.of(new PersonName("New")), Optional.empty(), expected);
  }

  private static AddUserToOrganization add(String member, Role role, String adding) {
    return new AddUserToOrganization(
        organizationName("org"), username(member), role, username(adding));
  }

  private static RemoveUserFromOrganization remove(String member, String acting) {
    return new RemoveUserFromOrganization(
        organizationName("org"), username(member), username(acting), Revision.NONE);
  }

  private void givenOrganization(String owner) {
    given(
        new Change.Create(organization("org")),
        new Change.Create(membership("org", owner, Role.OWNER)));
    given(new Change.Create(user(owner)));
  }

  /** Changes the store, and the cache hears nothing of it. */
  private void given(Change... changes) {
    assertThat(truth.commit(new Commit(List.of(changes), Optional.empty()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  private <E extends Entity> Optional<E> found(EntityKey<E> key) {
    return truth.read(List.of(key), scope()).join().get(key).toOptional();
  }

  private <E extends Entity> Reading<E> get(EntityKey<E> key) {
    return reads.getAll(List.of(key), ReadOptions.DEFAULT, scope()).join().get(key);
  }

  private List<Entity> run(Mutation mutation) {
    return bounded(mutator.run(mutation, Optional.empty(), scope()));
  }

  private List<Entity> run(Mutation mutation, RequestIdentity identity) {
    return bounded(mutator.run(mutation, Optional.of(identity), scope()));
  }

  private AccountError refusal(Mutation mutation) {
    AccountError error = error(mutation);
    assertThat(error).isInstanceOf(AccountError.Refusal.class);
    return error;
  }

  private AccountError error(Mutation mutation) {
    return error(catchThrowable(() -> run(mutation)));
  }

  private AccountError error(Mutation mutation, RequestIdentity identity) {
    return error(catchThrowable(() -> run(mutation, identity)));
  }

  private static AccountError error(Throwable failure) {
    if (failure.getCause() instanceof AccountException account) {
      return account.error();
    }
    throw new AssertionError("no error that callers are told about", failure);
  }

  private static <T> T bounded(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
