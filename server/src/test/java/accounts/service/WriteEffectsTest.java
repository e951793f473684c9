package accounts.service;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.LabelChange;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Resource;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.store.AdmissionQueue;
import accounts.store.Change;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the {@link CommitListener} is told before a caller is answered. */
final class WriteEffectsTest extends MutationFixture {

  private static final Map<EntityKey<?>, Revision> ALICES_ORG =
      Map.of(
          organizationKey("org"), Revision.FIRST,
          userKey("alice"), Revision.FIRST,
          membershipKey("org", "alice"), Revision.FIRST);

  // Commits.

  @Test
  void committed_memberAdded_reliesOnEveryOtherKeyOfTheReadSet() {
    givenOrganization("alice");
    given(new Change.Create(user("bob")));
    Membership bob = (Membership) run(add("bob", Role.MEMBER, "alice")).getFirst();

    assertThat(listener.committed)
        .containsExactly(
            new WriteEffects(
                Map.of(bob.key(), new Lookup.Found<>(bob)),
                with(ALICES_ORG, userKey("bob"), Revision.FIRST),
                Map.of(
                    organizationKey("org"), seen(organizationKey("org"), 1),
                    userKey("alice"), seen(userKey("alice"), 1),
                    membershipKey("org", "alice"), seen(membershipKey("org", "alice"), 1),
                    userKey("bob"), seen(userKey("bob"), 1),
                    bob.key(), seen(bob.key(), 0))));
    assertThat(listener.replayed).isEmpty();
  }

  @Test
  void committed_created_doesNotRelyOnWhatNeverWas() {
    run(createUser("alice"));

    assertThat(listener.committed.getFirst().reliedOn()).isEmpty();
    assertThat(listener.committed.getFirst().changed())
        .containsExactly(Map.entry(userKey("alice"), new Lookup.Found<>(user("alice"))));
  }

  @Test
  void committed_memberRemoved_changesItToItsAbsence() {
    givenOrganization("alice");
    Membership bob = membership("org", "bob", Role.MEMBER);
    given(new Change.Create(bob));
    run(remove("bob", "alice"));

    assertThat(listener.committed.getFirst().changed())
        .isEqualTo(Map.of(bob.key(), new Lookup.Absent<Membership>(new Revision(2))));
    assertThat(listener.committed.getFirst().reliedOn()).isEqualTo(ALICES_ORG);
  }

  // The instance that created the user may have died before the caller was answered.
  @Test
  void committed_firstReadIsOutdated_reliesOnWhatTheSnapshotSaw() {
    givenOrganization("alice");
    get(userKey("bob"));
    given(new Change.Create(user("bob")));
    given(new Change.Replace(renamed(user("bob"))));
    run(add("bob", Role.MEMBER, "alice"));

    WriteEffects told = listener.committed.getFirst();
    assertThat(told.reliedOn()).containsEntry(userKey("bob"), new Revision(2));
    assertThat(told.stamp(userKey("bob"))).isEqualTo(seen(userKey("bob"), 0));
    assertThat(get(userKey("bob")).lookup()).isEqualTo(found(userKey("bob"), 2));
  }

  @Test
  void committed_nothingToChange_reliesOnWhatIsKept() {
    given(new Change.Create(user("alice")));
    get(userKey("alice"));
    User second = renamed(user("alice"));
    given(new Change.Replace(second));
    run(
        new UpdateUser(
            second.username(),
            Optional.of(second.firstName()),
            Optional.empty(),
            LabelChange.NOTHING,
            Revision.NONE));

    assertThat(listener.committed)
        .containsExactly(
            new WriteEffects(
                Map.of(),
                Map.of(userKey("alice"), new Revision(2)),
                Map.of(userKey("alice"), seen(userKey("alice"), 1))));
  }

  @Test
  void committed_readsAreShed_hasNoStamps() {
    store.readsGate =
        CompletableFuture.failedFuture(
            new AccountException(new AccountError.Overloaded(Duration.ofMillis(100))));
    run(createUser("alice"));

    assertThat(listener.committed.getFirst().seen()).isEmpty();
    assertThat(listener.committed.getFirst().changed()).containsOnlyKeys(userKey("alice"));
  }

  // Refusals.

  @Test
  void replayed_refusedWithoutRequestId_reliesOnTheSnapshot() {
    givenOrganization("alice");
    given(new Change.Create(user("bob")));
    Membership bob = membership("org", "bob", Role.MEMBER);
    given(new Change.Create(bob));
    given(new Change.Remove(bob.removed(CHANGED)));

    assertThat(refusal(add("carol", Role.MEMBER, "bob")))
        .isInstanceOf(AccountError.RoleRequired.class);
    assertThat(listener.replayed)
        .extracting(WriteEffects::reliedOn)
        .containsExactly(
            Map.of(
                organizationKey("org"), Revision.FIRST,
                userKey("bob"), Revision.FIRST,
                bob.key(), new Revision(2)));
    assertThat(listener.replayed.getFirst().changed()).isEmpty();
    assertThat(listener.committed).isEmpty();
  }

  @Test
  void replayed_firstReadIsOutdated_makesTheRefusalsReasonFresh() {
    get(userKey("alice"));
    given(new Change.Create(user("alice")));
    refusal(createUser("alice"));

    assertThat(listener.replayed)
        .containsExactly(
            new WriteEffects(
                Map.of(),
                Map.of(userKey("alice"), Revision.FIRST),
                Map.of(userKey("alice"), seen(userKey("alice"), 0))));
    assertThat(get(userKey("alice")).lookup()).isEqualTo(found(userKey("alice"), 1));
  }

  @Test
  void replayed_refusedWithRequestId_isToldAfterItIsRecorded() {
    given(new Change.Create(user("alice")));
    CompletableFuture<Void> gate = new CompletableFuture<>();
    listener.gate = gate;
    CompletableFuture<List<Resource>> running =
        executor.run(createUser("alice"), Optional.of(REQUEST), Optional.of(CALLER), scope());

    assertThat(running).isNotDone();
    assertThat(store.commits).hasSize(1);
    assertThat(listener.replayed)
        .extracting(WriteEffects::reliedOn)
        .containsExactly(Map.of(userKey("alice"), Revision.FIRST));
    gate.complete(null);
    assertThat(running).isCompletedExceptionally();
  }

  @Test
  void replayed_refusedWithoutRequestId_isToldBeforeTheCaller() {
    given(new Change.Create(user("alice")));
    CompletableFuture<Void> gate = new CompletableFuture<>();
    listener.gate = gate;
    CompletableFuture<List<Resource>> running =
        executor.run(createUser("alice"), Optional.empty(), Optional.of(CALLER), scope());

    assertThat(running).isNotDone();
    gate.complete(null);
    assertThat(running).isCompletedExceptionally();
  }

  @Test
  void replayed_cannotBeMadeFresh_isUnavailable() {
    given(new Change.Create(user("alice")));
    listener.gate =
        CompletableFuture.failedFuture(
            new AccountException(new AccountError.StoreThrottled(Duration.ofMillis(100))));

    assertThat(error(createUser("alice"))).isInstanceOf(AccountError.StoreUnavailable.class);
  }

  @Test
  void replayed_lastOwner_reliesOnWhatTheDecisionSaw() {
    givenOrganization("alice");
    refusal(remove("alice", "alice"));

    assertThat(store.snapshots).isEmpty();
    assertThat(listener.replayed).extracting(WriteEffects::reliedOn).containsExactly(ALICES_ORG);
  }

  // Repeated requests.

  @Test
  void replayed_requestRepeated_reliesOnTheSnapshotWithTheRecord() {
    givenOrganization("alice");
    given(new Change.Create(user("bob")));
    Membership bob = (Membership) run(add("bob", Role.MEMBER, "alice"), REQUEST).getFirst();
    given(new Change.Replace(bob.withRole(Role.ADMIN, CHANGED)));
    run(add("bob", Role.MEMBER, "alice"), REQUEST);

    assertThat(listener.committed).hasSize(1);
    assertThat(listener.replayed)
        .extracting(WriteEffects::reliedOn)
        .containsExactly(
            with(with(ALICES_ORG, userKey("bob"), Revision.FIRST), bob.key(), new Revision(2)));
  }

  @Test
  void replayed_refusedRequestRepeated_reliesOnTheSnapshotWithTheRecord() {
    given(new Change.Create(user("alice")));
    error(createUser("alice"), REQUEST);
    given(new Change.Replace(renamed(user("alice"))));
    error(createUser("alice"), REQUEST);

    assertThat(listener.replayed.getLast().reliedOn())
        .isEqualTo(Map.of(userKey("alice"), new Revision(2)));
  }

  // The other one may have died before anybody was told.
  @Test
  void replayed_recordFoundByTheCommit_takesASnapshotOfWhatTheRecordRestsOn() {
    given(new Change.Create(user("alice")));
    store.beforeCommit =
        () -> {
          store.beforeCommit = () -> {};
          run(rename("alice", Revision.NONE), REQUEST);
          listener.committed.clear();
        };
    run(rename("alice", Revision.NONE), REQUEST);

    assertThat(store.snapshots).containsExactly(Set.of(userKey("alice")));
    assertThat(listener.committed).isEmpty();
    assertThat(listener.replayed)
        .containsExactly(
            new WriteEffects(
                Map.of(),
                Map.of(userKey("alice"), new Revision(2)),
                Map.of(userKey("alice"), seen(userKey("alice"), 1))));
  }

  @Test
  void replayed_requestIdReused_isNotTold() {
    run(createUser("alice"), REQUEST);
    error(createUser("bob"), identity("other"));

    assertThat(listener.replayed).isEmpty();
  }

  // Nobody knows.

  @Test
  void outcomeUnknown_commitFails_namesTheChangedKeys() {
    givenOrganization("alice");
    given(new Change.Create(user("bob")));
    failCommits();
    error(add("bob", Role.MEMBER, "alice"));

    assertThat(listener.unknown).containsExactly(Set.of(membershipKey("org", "bob")));
    assertThat(listener.committed).isEmpty();
  }

  @Test
  void outcomeUnknown_nothingWasToChange_isNotTold() {
    given(new Change.Create(user("alice")));
    failCommits();
    error(
        new UpdateUser(
            user("alice").username(),
            Optional.empty(),
            Optional.empty(),
            LabelChange.NOTHING,
            Revision.NONE));
    error(createUser("alice"), REQUEST);

    assertThat(listener.unknown).isEmpty();
  }

  @Test
  void outcomeUnknown_callerGoneBeforeTheCommit_isNotTold() {
    CallScope scope = scope();
    store.afterRead = scope::cancel;

    assertThat(executor.run(createUser("alice"), Optional.empty(), Optional.of(CALLER), scope))
        .isCompletedExceptionally();
    assertThat(listener.unknown).isEmpty();
  }

  // Nothing was begun: there is nothing to make fresh, and nothing to be unsure of.
  @Test
  void outcomeUnknown_commitIsRefusedAPlace_isNotTold() {
    AdmissionQueue full =
        AdmissionQueue.adaptive("queue", 1, 1, 0, Duration.ofSeconds(2), System::nanoTime);
    var unused = full.admit(scope(), own -> new CompletableFuture<>());
    CompletableFuture<?> refused =
        executor(full).run(createUser("alice"), Optional.empty(), Optional.of(CALLER), scope());

    assertThat(refused).isCompletedExceptionally();
    assertThat(Futures.cause(refused.exceptionNow()))
        .isInstanceOfSatisfying(
            AccountException.class,
            failure -> assertThat(failure.error()).isInstanceOf(AccountError.Overloaded.class));
    assertThat(store.commits).isEmpty();
    assertThat(listener.unknown).isEmpty();
  }

  private void failCommits() {
    store.commitsGate =
        CompletableFuture.failedFuture(
            new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1))));
  }

  private static Stamp seen(EntityKey<?> key, long revision) {
    return new CachingReader.Seen(key, new Revision(revision));
  }

  private Lookup<User> found(EntityKey<User> key, long revision) {
    User user = found(key).orElseThrow();
    assertThat(user.revision()).isEqualTo(new Revision(revision));
    return new Lookup.Found<>(user);
  }

  private static Map<EntityKey<?>, Revision> with(
      Map<EntityKey<?>, Revision> revisions, EntityKey<?> key, Revision revision) {
    Map<EntityKey<?>, Revision> all = new HashMap<>(revisions);
    all.put(key, revision);
    return all;
  }
}
