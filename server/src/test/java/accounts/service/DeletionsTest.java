package accounts.service;

import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.AccountError;
import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.DeletionUnfinished;
import accounts.domain.AccountError.HasMemberships;
import accounts.domain.AccountError.LastOwner;
import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.DisplayName;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.Labels;
import accounts.domain.Lookup;
import accounts.domain.Resource;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.store.AuditEntry;
import accounts.store.AuditEntry.Action;
import accounts.store.Change;
import accounts.store.Deletion;
import accounts.store.MembershipQuery;
import accounts.store.OpenDeletion;
import accounts.store.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The steps of a deletion, and what becomes of one that stops between them. */
final class DeletionsTest extends MutationFixture {

  private static final Duration RETENTION = Duration.ofDays(30);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Deletions deletions = new Deletions(store, truth, executor, RETENTION);
  private final AtomicInteger swept = new AtomicInteger();
  private final DeletionSweeper sweeper =
      new DeletionSweeper(
          truth, deletions, PERIOD, timer, swept::incrementAndGet, System::nanoTime);

  @Test
  void delete_userWithoutMemberships_isAbsentEverywhereWithoutAnyStepBetween() {
    given(new Change.Create(user("alice")));

    Account deleted = delete(userKey("alice"), false);

    assertThat(deleted.revision()).isEqualTo(new Revision(3));
    assertThat(get(userKey("alice")).lookup())
        .isInstanceOfSatisfying(
            Lookup.Absent.class,
            absent -> assertThat(absent.revision()).isEqualTo(new Revision(3)));
    assertThat(actions()).containsExactly(Action.UPDATED, Action.REMOVED);
    assertThat(truth.open(9, scope()).join()).isEmpty();
  }

  @Test
  void delete_manyMembers_areRemovedInStepsOfWhichEachFreshensItsKeys() {
    givenOrganization("olivia");
    givenMembers(40);

    delete(organizationKey("org"), true);

    assertThat(listener.committed).hasSize(5);
    assertThat(IntStream.range(0, 40))
        .allSatisfy(i ->
            assertThat(get(membershipKey("org", "user" + i)).lookup())
                .isEqualTo(new Lookup.Absent<>(new Revision(2))));
    assertThat(get(membershipKey("org", "olivia")).lookup()).isInstanceOf(Lookup.Absent.class);
  }

  @Test
  void delete_membersButNotForced_isRefusedWithTheFirstOfThem() {
    givenOrganization("olivia");
    givenMembers(30);

    assertThat(errorOf(organizationKey("org"), false))
        .isInstanceOfSatisfying(
            HasMemberships.class,
            has -> {
              assertThat(has.first()).hasSize(16).first().isEqualTo(membershipKey("org", "olivia"));
              assertThat(has.more()).isTrue();
            });
    assertThat(get(organizationKey("org")).lookup())
        .isEqualTo(new Lookup.Found<>(organization("org")));
  }

  @Test
  void delete_noTimeLeft_isUnfinishedAndGoneOnWithByARepetition() {
    given(new Change.Create(user("alice")));
    DeletionRequest request = request(userKey("alice"), false);

    Throwable failure =
        catchThrowable(() ->
            bounded(
                deletions.delete(
                    request,
                    Optional.of(REQUEST),
                    Optional.of(CALLER),
                    CallScope.of(Duration.ofMillis(90), () -> 0L))));

    assertThat(error(failure)).isInstanceOf(DeletionUnfinished.class);
    assertThat(found(userKey("alice")).map(User::deleting)).contains(true);
    Account deleted = repeated(request);
    assertThat(deleted.revision()).isEqualTo(new Revision(3));
    assertThat(repeated(request)).isEqualTo(deleted);
  }

  private Account repeated(DeletionRequest request) {
    return (Account)
        bounded(deletions.delete(request, Optional.of(REQUEST), Optional.of(CALLER), scope()))
            .getFirst();
  }

  @Test
  void delete_expectedRevisionOfBefore_isNotLookedAtByTheRepetition() {
    begun(user("alice"), false);
    DeletionRequest request =
        new DeletionRequest(userKey("alice"), Optional.empty(), false, Revision.FIRST);

    assertThat(repeated(request).revision()).isEqualTo(new Revision(3));
  }

  @Test
  void delete_repeatedByTheOwnerWhoIsNoMemberAnyMore_goesOn() {
    givenOrganization("olivia");
    givenMembers(20);
    begun(note(organizationKey("org"), true));
    step("olivia");
    DeletionRequest request =
        new DeletionRequest(
            organizationKey("org"), Optional.of(username("olivia")), true, Revision.NONE);

    assertThat(repeated(request).revision()).isEqualTo(new Revision(3));
  }

  // What remains of those before is more than a list can read in its time, once they are many.
  @Test
  void finish_afterAStepOfAnother_listsOnlyWhatFollowsIt() {
    givenOrganization("olivia");
    givenMembers(20);
    begun(note(organizationKey("org"), true));
    step("olivia", "user0");
    store.lists.clear();

    bounded(deletions.finish(noted(organizationKey("org")), scope()));

    assertThat(store.lists)
        .first()
        .isInstanceOfSatisfying(
            MembershipQuery.OfOrganization.class,
            list -> assertThat(list.after()).contains(username("user0")));
    assertThat(get(membershipKey("org", "user9")).lookup()).isInstanceOf(Lookup.Absent.class);
  }

  /** Makes a step of the organization's deletion. */
  private void step(String... members) {
    bounded(
        executor.run(
            new RemoveMemberships(
                noted(organizationKey("org")),
                Stream.of(members).map(member -> membershipKey("org", member)).toList()),
            Optional.empty(),
            nobody(),
            scope()));
  }

  @Test
  void finish_requestRecordedAsRefused_endsAllTheSame() {
    Deletion deletion = begun(user("alice"), false);
    assertThat(error(catchThrowable(() -> run(rename("nobody", Revision.NONE), REQUEST))))
        .isInstanceOf(UserNotFound.class);

    assertThat(bounded(deletions.finish(OpenDeletion.begun(deletion), scope()))).hasSize(1);

    assertThat(found(userKey("alice"))).isEmpty();
    assertThat(truth.open(9, scope()).join()).isEmpty();
  }

  @Test
  void finish_requestIdUsedForSomethingElseMeanwhile_endsAllTheSame() {
    Deletion deletion = begun(user("alice"), false);
    given(new Change.Create(user("noah")));
    run(rename("noah", Revision.NONE), identity("other content"));

    assertThat(bounded(deletions.finish(OpenDeletion.begun(deletion), scope()))).hasSize(1);

    assertThat(found(userKey("alice"))).isEmpty();
  }

  @Test
  void finish_memberThatTheCacheSaysIsNone_isRemovedAllTheSame() {
    givenOrganization("olivia");
    assertThat(get(membershipKey("org", "noah")).lookup()).isInstanceOf(Lookup.Absent.class);
    given(
        new Change.Create(user("noah")), new Change.Create(membership("org", "noah", Role.MEMBER)));

    delete(organizationKey("org"), true);

    assertThat(found(membershipKey("org", "noah"))).isEmpty();
    assertThat(get(membershipKey("org", "noah")).lookup())
        .isEqualTo(new Lookup.Absent<>(new Revision(2)));
  }

  /** Whoever made the step is killed, or not yet done, before a cell shows what it removed. */
  @Test
  void finish_stepThatNoCellShows_isMadeSureOfBeforeTheEnd() {
    givenOrganization("olivia");
    given(
        new Change.Create(user("noah")), new Change.Create(membership("org", "noah", Role.MEMBER)));
    assertThat(get(membershipKey("org", "noah")).lookup()).isInstanceOf(Lookup.Found.class);
    begun(note(organizationKey("org"), true));
    OpenDeletion before = noted(organizationKey("org"));
    given(
        new Change.Remove(membership("org", "noah", Role.MEMBER).removed(CREATED)),
        new Change.NoteProgress(before, List.of(membershipKey("org", "noah"))));

    bounded(deletions.finish(before, scope()));

    assertThat(get(membershipKey("org", "noah")).lookup())
        .isEqualTo(new Lookup.Absent<>(new Revision(2)));
    assertThat(found(organizationKey("org"))).isEmpty();
  }

  @Test
  void delete_forcedWhileOneThatIsNotIsInProgress_isForcedForWhoeverGoesOn() {
    givenOrganization("olivia");
    given(
        new Change.Create(user("noah")), new Change.Create(membership("org", "noah", Role.MEMBER)));
    begun(note(organizationKey("org"), false));

    assertThat(delete(organizationKey("org"), true).revision()).isEqualTo(new Revision(3));
    assertThat(found(membershipKey("org", "noah"))).isEmpty();
  }

  @Test
  void delete_noteIsMissing_isNotedAnewAndEnds() {
    begun(user("alice"), false);
    given(new Change.DropDeletion(noted(userKey("alice"))));

    assertThat(delete(userKey("alice"), false).revision()).isEqualTo(new Revision(3));
  }

  @Test
  void delete_endedBySomebodyElseMeanwhile_isAnsweredWithTheAccountAsDeleted() {
    given(new Change.Create(user("alice")));
    listener.gate = new CompletableFuture<>();
    CompletableFuture<List<Resource>> call = run(request(userKey("alice"), false));
    List<Resource> ended =
        bounded(
            new Deletions(store, truth, executor(new RecordingCommitListener(reader)), RETENTION)
                .finish(noted(userKey("alice")), scope()));
    listener.gate.complete(null);

    assertThat(bounded(call)).isEqualTo(ended);
    assertThat(found(userKey("alice"))).isEmpty();
  }

  @Test
  void sweep_noteOfWhatIsNotBeingDeleted_isDropped() {
    given(new Change.Create(user("alice")));
    given(new Change.NoteDeletion(note(userKey("alice"), false)));

    bounded(sweeper.sweep());
    bounded(sweeper.sweep());

    assertThat(truth.open(9, scope()).join()).isEmpty();
    assertThat(found(userKey("alice"))).isPresent();
  }

  @Test
  void suspend_beingDeleted_isRefused() {
    begun(user("alice"), false);

    assertThat(refusal(new ChangeUserState(username("alice"), UserState.SUSPENDED, Revision.NONE)))
        .isEqualTo(new BeingDeleted(userKey("alice")));
  }

  @Test
  void delete_otherRevision_isRefused() {
    given(new Change.Create(user("alice")));
    DeletionRequest request =
        new DeletionRequest(userKey("alice"), Optional.empty(), false, new Revision(2));

    assertThat(errorOf(request))
        .isEqualTo(new RevisionMismatch(userKey("alice"), new Revision(2), Revision.FIRST));
  }

  @Test
  void delete_lastOwner_isRefusedBeforeAnythingIsDone() {
    givenOrganization("olivia");

    assertThat(errorOf(userKey("olivia"), true))
        .isEqualTo(new LastOwner(organizationName("org"), username("olivia")));
    assertThat(found(userKey("olivia"))).contains(user("olivia"));
  }

  @Test
  void finish_lastOwnerMeanwhile_isGivenUpAndTheUserIsAsBefore() {
    givenOrganization("olivia");
    given(new Change.Create(user("marc")));
    given(
        new Change.Create(membership("org", "marc", Role.OWNER)),
        new Change.AddOwner(organizationName("org")));
    Deletion deletion = begun("marc", true);
    run(remove("olivia", "olivia"));

    Throwable failure =
        catchThrowable(() -> bounded(deletions.finish(OpenDeletion.begun(deletion), scope())));

    assertThat(error(failure)).isEqualTo(new LastOwner(organizationName("org"), username("marc")));
    assertThat(found(userKey("marc")).map(User::isActive)).contains(true);
    assertThat(found(membershipKey("org", "marc"))).isPresent();
    assertThat(truth.open(9, scope()).join()).isEmpty();
  }

  @Test
  void finish_addedBeforeItBeganAndNotForced_isGivenUp() {
    givenOrganization("olivia");
    given(
        new Change.Create(user("marc")), new Change.Create(membership("org", "marc", Role.MEMBER)));
    Deletion deletion = begun("marc", false);

    Throwable failure =
        catchThrowable(() -> bounded(deletions.finish(OpenDeletion.begun(deletion), scope())));

    assertThat(error(failure)).isInstanceOf(HasMemberships.class);
    assertThat(found(userKey("marc")).map(User::isActive)).contains(true);
  }

  @Test
  void beingDeleted_actingAddedOrChanged_isRefused() {
    givenOrganization("olivia");
    begun(user("marc"), true);

    assertThat(refusal(add("marc", Role.MEMBER, "olivia")))
        .isEqualTo(new BeingDeleted(userKey("marc")));
    begun("olivia", true);
    assertThat(
            refusal(new CreateOrganization(DisplayName.of("new"), username("olivia"), Labels.NONE)))
        .isEqualTo(new BeingDeleted(userKey("olivia")));
  }

  @Test
  void organizationBeingDeleted_addingToIt_isRefused() {
    givenOrganization("olivia");
    given(new Change.Create(user("marc")));
    begun(note(organizationKey("org"), true));

    assertThat(refusal(add("marc", Role.MEMBER, "olivia")))
        .isEqualTo(new BeingDeleted(organizationKey("org")));
  }

  // The sweeper.

  @Test
  void sweep_leftSinceTheSweepBefore_isFinishedAndItsRequestRecorded() {
    begun(user("alice"), false);

    bounded(sweeper.sweep());
    assertThat(found(userKey("alice"))).isPresent();
    bounded(sweeper.sweep());

    assertThat(found(userKey("alice"))).isEmpty();
    assertThat(swept).hasValue(1);
    assertThat(repeated(request(userKey("alice"), false)).revision()).isEqualTo(new Revision(3));
  }

  @Test
  void sweep_gotOnSince_isLeftToWhoeverWorksOnIt() {
    begun(user("alice"), false);
    bounded(sweeper.sweep());
    given(new Change.NoteProgress(noted(userKey("alice")), List.of()));

    bounded(sweeper.sweep());

    assertThat(found(userKey("alice"))).isPresent();
  }

  @Test
  void sweep_twoSweepers_oneFinishesIt() {
    begun(user("alice"), false);
    DeletionSweeper second =
        new DeletionSweeper(
            truth, deletions, PERIOD, timer, swept::incrementAndGet, System::nanoTime);
    bounded(sweeper.sweep());
    bounded(second.sweep());

    bounded(CompletableFuture.allOf(sweeper.sweep(), second.sweep()));

    assertThat(swept).hasValue(1);
  }

  @Test
  void restore_deleted_isThereAgainAsItWas() {
    given(new Change.Create(user("alice")));
    delete(userKey("alice"), false);

    List<Resource> restored =
        bounded(
            deletions.restore(
                userKey("alice"), Optional.empty(), Optional.empty(), Optional.empty(), scope()));

    User expected =
        user("alice").deleting(true, CREATED).deleting(false, CREATED).deleting(false, CREATED);
    assertThat(restored).containsExactly(expected);
    assertThat(get(userKey("alice")).lookup()).isEqualTo(new Lookup.Found<>(expected));
  }

  @Test
  void restore_neverThere_isNotFound() {
    Throwable failure =
        catchThrowable(() ->
            bounded(
                deletions.restore(
                    userKey("bob"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    scope())));

    assertThat(error(failure)).isEqualTo(new UserNotFound(username("bob")));
  }

  private void givenMembers(int count) {
    for (int i = 0; i < count; i++) {
      given(new Change.Create(membership("org", "user" + i, Role.MEMBER)));
    }
  }

  /** Creates a user, and begins its deletion. */
  private Deletion begun(User user, boolean force) {
    given(new Change.Create(user));
    return begun(user.username().value(), force);
  }

  private Deletion begun(String name, boolean force) {
    return begun(note(userKey(name), force));
  }

  private Deletion begun(Deletion deletion) {
    bounded(
        executor.run(
            new BeginDeletion(deletion, Revision.NONE, Optional.empty(), false),
            Optional.of(REQUEST),
            nobody(),
            scope()));
    return deletion;
  }

  private OpenDeletion noted(AccountKey<?> key) {
    return truth.find(key, scope()).join().orElseThrow();
  }

  private static Deletion note(AccountKey<?> key, boolean force) {
    return new Deletion(
        key,
        force,
        new Origin(Optional.of(CALLER), Optional.empty(), Optional.of(REQUEST.requestId())),
        Optional.of(REQUEST.fingerprint()));
  }

  private static Origin nobody() {
    return new Origin(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static DeletionRequest request(AccountKey<?> key, boolean force) {
    return new DeletionRequest(key, Optional.empty(), force, Revision.NONE);
  }

  private Account delete(AccountKey<?> key, boolean force) {
    return (Account) bounded(run(request(key, force))).getFirst();
  }

  private CompletableFuture<List<Resource>> run(DeletionRequest request) {
    return deletions.delete(request, Optional.empty(), Optional.of(CALLER), scope());
  }

  private AccountError errorOf(AccountKey<?> key, boolean force) {
    return errorOf(request(key, force));
  }

  private AccountError errorOf(DeletionRequest request) {
    return error(catchThrowable(() -> bounded(run(request))));
  }

  private List<Action> actions() {
    return truth.entries().stream().map(AuditEntry::action).toList();
  }
}
