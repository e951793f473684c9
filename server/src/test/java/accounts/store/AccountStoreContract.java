package accounts.store;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.LABELS;
import static accounts.domain.Samples.labelled;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.DisplayName;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Labels;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.store.CommitResult.Committed;
import accounts.store.CommitResult.Conflict;
import accounts.store.CommitResult.Repeated;
import accounts.store.MembershipQuery.OfOrganization;
import accounts.store.MembershipQuery.OfUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link AccountStore} does, wrappers and fakes included. */
public abstract class AccountStoreContract extends AuditContract {

  private static final RequestId REQUEST = RequestId.of("123e4567-e89b-12d3-a456-426614174000");
  private static final String FINGERPRINT = "fingerprint";

  // Read.

  @Test
  void read_neverWas_isAbsentAtNone() {
    assertThat(read(userKey("nobody"))).isEqualTo(new Lookup.Absent<>(Revision.NONE));
  }

  @Test
  void read_user_isWhatWasCommitted() {
    create(user("alice"));

    assertThat(read(userKey("alice"))).isEqualTo(new Lookup.Found<>(user("alice")));
  }

  @Test
  void read_organization_isWhatWasCommitted() {
    Organization organization = organization("Olivia's Örg");
    create(organization);

    assertThat(read(organization.key())).isEqualTo(new Lookup.Found<>(organization));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void read_membership_isWhatWasCommitted(Role role) {
    create(membership("org", "alice", role));

    assertThat(read(membershipKey("org", "alice")))
        .isEqualTo(new Lookup.Found<>(membership("org", "alice", role)));
  }

  @Test
  void read_removed_isAbsentAtTheRemovalsRevision() {
    createRemoved("org", "alice");

    assertThat(read(membershipKey("org", "alice"))).isEqualTo(new Lookup.Absent<>(new Revision(2)));
  }

  @Test
  void read_replaced_isTheLatest() {
    create(user("alice"));
    assertCommitted(new Change.Replace(renamed(user("alice"))));

    assertThat(read(userKey("alice"))).isEqualTo(new Lookup.Found<>(renamed(user("alice"))));
  }

  @Test
  void read_labelled_hasItsLabels() {
    create(user("alice"));
    create(organization("org"));
    User user = labelled(user("alice"), LABELS);
    Organization organization = labelled(organization("org"), LABELS);
    assertCommitted(new Change.Replace(user, Labels.NONE));
    assertCommitted(new Change.Replace(organization, Labels.NONE));

    assertThat(read(userKey("alice"))).isEqualTo(new Lookup.Found<>(user));
    assertThat(read(organizationKey("org"))).isEqualTo(new Lookup.Found<>(organization));
  }

  @Test
  void read_labelsRemoved_hasNone() {
    create(user("alice"));
    User user = labelled(user("alice"), LABELS);
    assertCommitted(new Change.Replace(user, Labels.NONE));
    User without = labelled(user, Labels.NONE);
    assertCommitted(new Change.Replace(without, LABELS));

    assertThat(read(userKey("alice"))).isEqualTo(new Lookup.Found<>(without));
  }

  @Test
  void read_severalKinds_answersEachKey() {
    create(user("alice"));
    create(organization("org"));
    create(membership("org", "alice", Role.ADMIN));

    assertThat(
            readAll(
                List.of(
                    userKey("alice"),
                    organizationKey("org"),
                    membershipKey("org", "alice"),
                    userKey("bob"))))
        .isEqualTo(
            Lookups.builder()
                .found(user("alice"))
                .found(organization("org"))
                .found(membership("org", "alice", Role.ADMIN))
                .put(userKey("bob"), new Lookup.Absent<>(Revision.NONE))
                .build());
  }

  @Test
  void read_namesThatLookAlike_areDifferentKeys() {
    create(user("a-b"));
    create(membership("a-b", "c", Role.MEMBER));

    assertThat(read(userKey("A-b"))).isInstanceOf(Lookup.Absent.class);
    assertThat(read(membershipKey("a", "b-c"))).isInstanceOf(Lookup.Absent.class);
    assertThat(read(organizationKey("a-b"))).isInstanceOf(Lookup.Absent.class);
  }

  @Test
  void read_hundredKeys_answersAll() {
    List<User> users = IntStream.range(0, 50).mapToObj(i -> user("u" + i)).toList();
    users.forEach(this::create);
    List<EntityKey<?>> keys = new ArrayList<>();
    Lookups.Builder expected = Lookups.builder();
    users.forEach(user -> {
      keys.add(user.key());
      expected.found(user);
    });
    IntStream.range(0, 50)
        .mapToObj(i -> userKey("absent" + i))
        .forEach(key -> {
          keys.add(key);
          expected.put(key, new Lookup.Absent<>(Revision.NONE));
        });

    assertThat(readAll(keys)).isEqualTo(expected.build());
  }

  // Snapshot.

  @Test
  void snapshot_severalKeys_answersEach() {
    create(user("alice"));
    createRemoved("org", "alice");

    Snapshot snapshot =
        snapshot(
            List.of(userKey("alice"), membershipKey("org", "alice"), organizationKey("org")),
            Optional.empty());

    assertThat(snapshot.lookups())
        .isEqualTo(
            Lookups.builder()
                .found(user("alice"))
                .put(membershipKey("org", "alice"), new Lookup.Absent<>(new Revision(2)))
                .put(organizationKey("org"), new Lookup.Absent<>(Revision.NONE))
                .build());
  }

  @Test
  void snapshot_requestUnknown_hasNoRecord() {
    assertThat(snapshot(List.of(userKey("alice")), Optional.of(REQUEST)).request()).isEmpty();
  }

  @Test
  void snapshot_requestKnown_hasItsRecord() {
    RequestRecord record = done(user("alice"));
    commit(record, new Change.Create(user("alice")));

    assertThat(snapshot(List.of(userKey("alice")), Optional.of(REQUEST)).request())
        .contains(record);
  }

  @Test
  void snapshot_requestNotAsked_hasNoRecord() {
    commit(done(user("alice")), new Change.Create(user("alice")));

    assertThat(snapshot(List.of(userKey("alice")), Optional.empty()).request()).isEmpty();
  }

  @Test
  void snapshot_whileTwoAreChangedTogether_seesBothOrNeither() throws Exception {
    create(user("a"));
    create(user("b"));
    List<EntityKey<?>> keys = List.of(userKey("a"), userKey("b"));

    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> renameBoth(20), threads);
      while (!writer.isDone()) {
        unlessThrottled(() -> snapshot(keys, Optional.empty()))
            .map(Snapshot::lookups)
            .ifPresent(seen ->
                assertThat(seen.get(userKey("a")).revision())
                    .isEqualTo(seen.get(userKey("b")).revision()));
      }
      writer.join();
    }
  }

  private void renameBoth(int times) {
    User a = user("a");
    User b = user("b");
    for (int i = 0; i < times; i++) {
      Change[] changes = {new Change.Replace(renamed(a)), new Change.Replace(renamed(b))};
      while (!(commit(changes) instanceof Committed)) {
        // Contended by a snapshot.
        Thread.onSpinWait();
      }
      a = renamed(a);
      b = renamed(b);
    }
  }

  private static <T> Optional<T> unlessThrottled(Supplier<T> operation) {
    try {
      return Optional.of(operation.get());
    } catch (CompletionException e) {
      if (e.getCause() instanceof AccountException account
          && account.error() instanceof AccountError.StoreThrottled) {
        return Optional.empty();
      }
      throw e;
    }
  }

  // Commit: each kind of change, met and unmet.

  @Test
  void commit_createOfWhatIsThere_isUnmet() {
    create(user("alice"));
    Change again = new Change.Create(user("alice"));

    assertThat(commit(again)).isEqualTo(conflict(again));
  }

  @Test
  void commit_createOverRemoval_continuesTheRevision() {
    createRemoved("org", "alice");
    Membership again =
        Membership.added(membershipKey("org", "alice"), Role.ADMIN, new Revision(2), CHANGED);
    assertCommitted(new Change.Create(again));

    assertThat(read(again.key())).isEqualTo(new Lookup.Found<>(again));
    assertThat(again.revision()).isEqualTo(new Revision(3));
  }

  /** Both would have the same uid: the clock of one of two instances is behind. */
  @Test
  void commit_createOverRemovalAtTheSameTime_isUnmet() {
    createRemoved("org", "alice");
    Change again =
        new Change.Create(
            Membership.added(membershipKey("org", "alice"), Role.ADMIN, new Revision(2), CREATED));

    assertThat(commit(again)).isEqualTo(conflict(again));
  }

  /** The clock of the instance that added it first was ahead. */
  @Test
  void commit_createOverRemovalAtAnEarlierTime_isDone() {
    createRemoved("org", "alice");
    assertCommitted(
        new Change.Create(
            Membership.added(
                membershipKey("org", "alice"),
                Role.ADMIN,
                new Revision(2),
                CREATED.minusMillis(1))));
  }

  @Test
  void commit_createOverRemovalNotSeen_isUnmet() {
    createRemoved("org", "alice");
    Change unaware = new Change.Create(membership("org", "alice", Role.MEMBER));

    assertThat(commit(unaware)).isEqualTo(conflict(unaware));
  }

  @Test
  void commit_createOverRemovalThatNeverWas_isUnmet() {
    Change create =
        new Change.Create(
            Membership.added(membershipKey("org", "alice"), Role.ADMIN, new Revision(2), CHANGED));

    assertThat(commit(create)).isEqualTo(conflict(create));
  }

  @Test
  void commit_replaceOfAnOlderRevision_isUnmet() {
    create(user("alice"));
    Change replace = new Change.Replace(renamed(user("alice")));
    assertCommitted(replace);

    assertThat(commit(replace)).isEqualTo(conflict(replace));
  }

  @Test
  void commit_replaceOfAbsent_isUnmet() {
    Change replace = new Change.Replace(renamed(user("alice")));

    assertThat(commit(replace)).isEqualTo(conflict(replace));
  }

  @Test
  void commit_replaceOfRemoved_isUnmet() {
    Membership removed = createRemoved("org", "alice");
    Change replace = new Change.Replace(removed.withRole(Role.OWNER, CHANGED));

    assertThat(commit(replace)).isEqualTo(conflict(replace));
  }

  @Test
  void commit_replaceOfMembership_changesTheRole() {
    Membership member = membership("org", "alice", Role.MEMBER);
    create(member);
    assertCommitted(new Change.Replace(member.withRole(Role.ADMIN, CHANGED)));

    assertThat(read(member.key()))
        .isEqualTo(new Lookup.Found<>(member.withRole(Role.ADMIN, CHANGED)));
  }

  @Test
  void commit_replaceOfOrganization_keepsItsOwners() {
    createOwned("org", "alice");
    Organization organization = organization("org");
    Organization next =
        new Organization(
            organization.name(),
            "The Org",
            organization.foundingUser(),
            false,
            Labels.NONE,
            new Revision(2),
            CREATED,
            CHANGED);
    assertCommitted(new Change.Replace(next));
    Change drop = dropOwner("org", "alice");

    assertThat(commit(drop)).isEqualTo(conflict(drop));
    assertCommitted(addOwner("org"));
    assertCommitted(drop);
  }

  @Test
  void commit_removeOfAbsent_isUnmet() {
    Change remove = remove(membership("org", "alice", Role.MEMBER));

    assertThat(commit(remove)).isEqualTo(conflict(remove));
  }

  @Test
  void commit_removeOfAnOlderRevision_isUnmet() {
    Membership member = membership("org", "alice", Role.MEMBER);
    create(member);
    assertCommitted(new Change.Replace(member.withRole(Role.ADMIN, CHANGED)));

    assertThat(commit(remove(member))).isEqualTo(conflict(remove(member)));
  }

  @Test
  void commit_removeOfRemoved_isUnmet() {
    Membership removed = createRemoved("org", "alice");

    assertThat(commit(remove(removed))).isEqualTo(conflict(remove(removed)));
  }

  @Test
  void commit_keepOfThisRevision_isMetAndChangesNothing() {
    create(user("alice"));
    assertCommitted(new Change.Keep(user("alice")));

    assertThat(read(userKey("alice"))).isEqualTo(new Lookup.Found<>(user("alice")));
  }

  @Test
  void commit_keepOfAnotherRevision_isUnmet() {
    create(user("alice"));
    Change keep = new Change.Keep(renamed(user("alice")));

    assertThat(commit(keep)).isEqualTo(conflict(keep));
  }

  @Test
  void commit_keepOfRemoved_isUnmet() {
    Change keep = new Change.Keep(createRemoved("org", "alice"));

    assertThat(commit(keep)).isEqualTo(conflict(keep));
  }

  @Test
  void commit_requireOfPresent_isMet() {
    create(user("alice"));

    assertCommitted(new Change.Require(userKey("alice")));
  }

  @Test
  void commit_requireOfAbsent_isUnmet() {
    Change require = new Change.Require(userKey("alice"));

    assertThat(commit(require)).isEqualTo(conflict(require));
  }

  @Test
  void commit_requireOfOneBeingDeleted_isUnmet() {
    begunDeletion(user("alice"));
    Change require = new Change.Require(userKey("alice"));
    Change active = new Change.RequireActive(username("alice"));

    assertThat(commit(require)).isEqualTo(conflict(require));
    assertThat(commit(active)).isEqualTo(conflict(active));
  }

  @Test
  void commit_addOwnerOfOneBeingDeleted_isUnmet() {
    begunDeletion(organization("org"));
    Change owner = new Change.AddOwner(organizationName("org"));

    assertThat(commit(owner)).isEqualTo(conflict(owner));
  }

  // Deletions.

  private static final Instant LATER = CREATED.plusSeconds(60);

  /** Creates an account, begins its deletion, and returns it. */
  private Account begunDeletion(Account account) {
    create(account);
    Account deleting = account.deleting(true, CREATED);
    assertCommitted(new Change.Replace(deleting), new Change.NoteDeletion(note(account)));
    return deleting;
  }

  /** Creates an account, deletes it, and returns it as it is then. */
  private Account deleted(Account account) {
    Account deleted = begunDeletion(account).deleting(false, CREATED);
    assertCommitted(
        new Change.End(deleted, LATER), new Change.DropDeletion(OpenDeletion.begun(note(account))));
    return deleted;
  }

  private static Deletion note(Account account) {
    Origin nobody = new Origin(Optional.empty(), Optional.empty(), Optional.empty());
    return new Deletion(account.key(), false, nobody, Optional.empty());
  }

  @Test
  void read_beingDeleted_isThereInThatState() {
    Account deleting = begunDeletion(organization("org"));

    assertThat(read(organizationKey("org"))).isEqualTo(new Lookup.Found<>(deleting));
  }

  @Test
  void read_deleted_isAbsentAndReserved() {
    deleted(user("alice"));
    deleted(organization("org"));

    Optional<Instant> until = Optional.of(LATER);
    assertThat(read(userKey("alice"))).isEqualTo(new Lookup.Absent<>(new Revision(3), until));
    assertThat(read(organizationKey("org"))).isEqualTo(new Lookup.Absent<>(new Revision(3), until));
  }

  @Test
  void commit_endOfOneThatIsNotBeingDeleted_isUnmet() {
    create(user("alice"));
    Change end = new Change.End(user("alice").deleting(false, CREATED), LATER);

    assertThat(commit(end)).isEqualTo(conflict(end));
  }

  @Test
  void commit_restoreOfDeleted_isThereAgainAndCountsOn() {
    Account restored = deleted(user("alice")).deleting(false, CREATED);

    assertCommitted(new Change.Restore(restored));

    assertThat(read(userKey("alice"))).isEqualTo(new Lookup.Found<>(restored));
    assertThat(restored.revision()).isEqualTo(new Revision(4));
  }

  @Test
  void commit_createOverDeleted_countsOn() {
    Account deleted = deleted(organization("org"));
    Change again = new Change.Create(organization("org"));
    Organization next =
        Organization.created(
            DisplayName.of("org"), username("other"), Labels.NONE, deleted.revision(), CREATED);

    assertThat(commit(again)).isEqualTo(conflict(again));
    create(next);

    assertThat(read(organizationKey("org"))).isEqualTo(new Lookup.Found<>(next));
  }

  @Test
  void commit_noteOfDeletion_isThereOnce() {
    Change note = new Change.NoteDeletion(note(user("alice")));
    OpenDeletion begun = OpenDeletion.begun(note(user("alice")));
    Change progress = new Change.NoteProgress(begun, List.of());
    Change early = new Change.DropDeletion(begun);
    Change drop = new Change.DropDeletion(begun.after(List.of()));

    assertThat(commit(progress)).isEqualTo(conflict(progress));
    assertThat(commit(drop)).isEqualTo(conflict(drop));
    assertCommitted(note);
    assertThat(commit(note)).isEqualTo(conflict(note));
    assertCommitted(progress);
    assertThat(commit(progress)).isEqualTo(conflict(progress));
    assertThat(commit(early)).isEqualTo(conflict(early));
    assertCommitted(drop);
    assertThat(commit(drop)).isEqualTo(conflict(drop));
  }

  @Test
  void commit_requireActiveOfActive_isMet() {
    create(user("alice"));

    assertCommitted(new Change.RequireActive(username("alice")));
  }

  @Test
  void commit_requireActiveOfSuspended_isUnmet() {
    create(user("alice"));
    assertCommitted(suspension(user("alice")));
    Change active = new Change.RequireActive(username("alice"));

    assertThat(commit(active)).isEqualTo(conflict(active));
  }

  @Test
  void commit_requireActiveOfResumed_isMet() {
    User suspended = user("alice").inState(UserState.SUSPENDED, CHANGED);
    create(user("alice"));
    assertCommitted(suspension(user("alice")));
    assertCommitted(new Change.Replace(suspended.inState(UserState.ACTIVE, CHANGED)));

    assertCommitted(new Change.RequireActive(username("alice")));
  }

  @Test
  void commit_requireActiveOfAbsent_isUnmet() {
    Change active = new Change.RequireActive(username("alice"));

    assertThat(commit(active)).isEqualTo(conflict(active));
  }

  private static Change suspension(User user) {
    return new Change.Replace(user.inState(UserState.SUSPENDED, CHANGED));
  }

  @Test
  void read_suspendedUser_isWhatWasCommitted() {
    create(user("alice"));
    assertCommitted(suspension(user("alice")));

    assertThat(read(userKey("alice")))
        .isEqualTo(new Lookup.Found<>(user("alice").inState(UserState.SUSPENDED, CHANGED)));
  }

  @Test
  void read_twoHundredKeys_areAllAnswered() {
    List<EntityKey<?>> keys =
        IntStream.range(0, 200).<EntityKey<?>>mapToObj(i -> userKey("user-" + i)).toList();
    create(user("user-0"));
    create(user("user-199"));
    Lookups lookups = store().read(keys, scope()).join();

    assertThat(keys.stream().filter(key -> lookups.get(key) instanceof Lookup.Found))
        .containsExactly(userKey("user-0"), userKey("user-199"));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void commit_requireRoleThatItHas_isMet(Role role) {
    create(membership("org", "alice", role));

    assertCommitted(requireRole("org", "alice", role));
    assertCommitted(requireRole("org", "alice", Role.values()));
  }

  @Test
  void commit_requireRoleThatItHasNot_isUnmet() {
    create(membership("org", "alice", Role.MEMBER));
    Change require = requireRole("org", "alice", Role.OWNER, Role.ADMIN);

    assertThat(commit(require)).isEqualTo(conflict(require));
  }

  @Test
  void commit_requireRoleOfNoMember_isUnmet() {
    Change require = requireRole("org", "alice", Role.values());

    assertThat(commit(require)).isEqualTo(conflict(require));
  }

  @Test
  void commit_requireRoleOfRemoved_isUnmet() {
    createRemoved("org", "alice");
    Change require = requireRole("org", "alice", Role.values());

    assertThat(commit(require)).isEqualTo(conflict(require));
  }

  @Test
  void commit_addOwnerOfAbsentOrganization_isUnmet() {
    assertThat(commit(addOwner("org"))).isEqualTo(conflict(addOwner("org")));
  }

  @Test
  void commit_dropOwnerOfAbsentOrganization_isUnmet() {
    Change drop = dropOwner("org", "alice");

    assertThat(commit(drop)).isEqualTo(conflict(drop));
  }

  @Test
  void commit_dropLastOwner_isTheOnlyUnmet() {
    createOwned("org", "alice");
    Change drop = dropOwner("org", "alice");

    assertThat(commit(remove(membership("org", "alice", Role.OWNER)), drop))
        .isEqualTo(conflict(drop));
  }

  @Test
  void commit_dropOneOfTwoOwners_leavesTheLast() {
    createOwned("org", "alice");
    assertCommitted(new Change.Create(membership("org", "bob", Role.OWNER)), addOwner("org"));
    assertCommitted(remove(membership("org", "alice", Role.OWNER)), dropOwner("org", "alice"));
    Change drop = dropOwner("org", "bob");

    assertThat(commit(drop)).isEqualTo(conflict(drop));
  }

  @Test
  void commit_ownersCounted_doesNotShowInTheOrganization() {
    createOwned("org", "alice");
    assertCommitted(addOwner("org"));

    assertThat(read(organizationKey("org"))).isEqualTo(new Lookup.Found<>(organization("org")));
  }

  // Commit: all or nothing.

  @Test
  void commit_oneUnmetOfMany_changesNothing() {
    create(user("alice"));
    createOwned("org", "alice");
    Change unmet = new Change.Require(userKey("nobody"));

    CommitResult result =
        commit(
            new Change.Replace(renamed(user("alice"))),
            new Change.Create(membership("org", "bob", Role.OWNER)),
            unmet,
            addOwner("org"));

    assertThat(result).isEqualTo(conflict(unmet));
    assertThat(read(userKey("alice"))).isEqualTo(new Lookup.Found<>(user("alice")));
    assertThat(read(membershipKey("org", "bob"))).isInstanceOf(Lookup.Absent.class);
    assertThat(names(list(ofOrganization("org", 10)))).containsExactly("alice");
    assertThat(commit(dropOwner("org", "alice"))).isInstanceOf(Conflict.class);
  }

  @Test
  void commit_severalUnmet_namesExactlyThose() {
    create(user("alice"));
    Change create = new Change.Create(user("alice"));
    Change met = new Change.Create(user("bob"));
    Change role = requireRole("org", "alice", Role.OWNER);
    Change require = new Change.Require(organizationKey("org"));

    assertThat(commit(create, met, role, require)).isEqualTo(conflict(create, role, require));
  }

  @Test
  void commit_membershipsAreTwoItems_unmetStillExact() {
    create(membership("org", "alice", Role.MEMBER));
    Change met = new Change.Create(membership("org", "bob", Role.MEMBER));
    Change unmet = new Change.Create(membership("org", "alice", Role.MEMBER));
    Change lastMet = new Change.Create(user("carol"));

    assertThat(commit(met, unmet, lastMet)).isEqualTo(conflict(unmet));
  }

  @Test
  void commit_sameCreateAtOnce_oneWins() {
    List<CommitResult> results =
        atOnce(8, i -> () -> commit(new Change.Create(membership("org", "alice", Role.ADMIN))));

    assertThat(results).filteredOn(Committed.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Conflict.class::isInstance).hasSize(7);
  }

  @Test
  void commit_sameRequestAtOnce_oneIsCommittedAndNoOtherOneIsDone() {
    List<CommitResult> results =
        atOnce(8, i -> () -> commit(done(user("u" + i)), new Change.Create(user("u" + i))));

    assertThat(results).filteredOn(Committed.class::isInstance).hasSize(1);
    assertThat(IntStream.range(0, 8).filter(i -> read(userKey("u" + i)) instanceof Lookup.Found))
        .hasSize(1);
  }

  private interface Numbered<T> {
    Supplier<T> of(int number);
  }

  private static <T> List<T> atOnce(int times, Numbered<T> operation) {
    try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
      List<CompletableFuture<T>> running =
          IntStream.range(0, times)
              .mapToObj(i -> CompletableFuture.supplyAsync(operation.of(i), threads))
              .toList();
      return running.stream().map(CompletableFuture::join).toList();
    }
  }

  // Commit: request records.

  @Test
  void commit_requestOfBefore_returnsTheFirstRecordAndChangesNothing() {
    RequestRecord first = done(user("alice"));
    commit(first, new Change.Create(user("alice")));
    RequestRecord second =
        new RequestRecord(REQUEST, "other", new Outcome.Done(List.of(user("bob"))));

    assertThat(commit(second, new Change.Create(user("bob")))).isEqualTo(new Repeated(first));
    assertThat(read(userKey("bob"))).isInstanceOf(Lookup.Absent.class);
  }

  @Test
  void commit_requestOfBeforeAndUnmet_isRepeated() {
    RequestRecord first = done(user("alice"));
    commit(first, new Change.Create(user("alice")));

    assertThat(commit(first, new Change.Create(user("alice")))).isEqualTo(new Repeated(first));
  }

  @Test
  void commit_unmet_keepsNoRecord() {
    commit(done(user("alice")), new Change.Require(userKey("nobody")));

    assertThat(snapshot(List.of(userKey("alice")), Optional.of(REQUEST)).request()).isEmpty();
  }

  @Test
  void commit_recordOfARefusalAlone_isKept() {
    RequestRecord refusal =
        new RequestRecord(
            REQUEST,
            FINGERPRINT,
            new Outcome.Refused(
                new AccountError.RoleRequired(
                    organizationName("org"),
                    username("alice"),
                    Optional.of(Role.MEMBER),
                    Set.of(Role.OWNER, Role.ADMIN))));

    assertThat(commit(refusal)).isEqualTo(new Committed());
    assertThat(commit(refusal)).isEqualTo(new Repeated(refusal));
  }

  @Test
  void commit_recordOfSeveralEntities_isReturnedInTheirOrder() {
    Organization organization = organization("org");
    Membership founder = membership("org", "alice", Role.OWNER);
    RequestRecord record = done(organization, founder);
    commit(record, new Change.Create(organization), new Change.Create(founder));

    assertThat(commit(record)).isEqualTo(new Repeated(record));
  }

  @Test
  void commit_otherRequest_isDone() {
    commit(done(user("alice")), new Change.Create(user("alice")));
    RequestRecord other =
        new RequestRecord(
            new RequestId(new UUID(1, 2)), FINGERPRINT, new Outcome.Done(List.of(user("bob"))));

    assertThat(commit(other, new Change.Create(user("bob")))).isEqualTo(new Committed());
  }

  // List.

  @Test
  void list_nothingThere_isEmpty() {
    assertThat(list(ofOrganization("org", 10))).isEqualTo(new MembershipPage(List.of(), false));
    assertThat(list(ofUser("alice", 10))).isEqualTo(new MembershipPage(List.of(), false));
  }

  @Test
  void list_ofOrganization_hasItsMembersWhole() {
    create(membership("org", "alice", Role.ADMIN));
    create(membership("other", "bob", Role.ADMIN));

    assertThat(list(ofOrganization("org", 10)))
        .isEqualTo(new MembershipPage(List.of(membership("org", "alice", Role.ADMIN)), false));
  }

  @Test
  void list_ofUser_hasItsMembershipsWhole() {
    create(membership("org", "alice", Role.ADMIN));
    create(membership("org", "bob", Role.ADMIN));

    assertThat(list(ofUser("alice", 10)))
        .isEqualTo(new MembershipPage(List.of(membership("org", "alice", Role.ADMIN)), false));
  }

  @Test
  void list_ofUserAfterARoleChange_hasTheNewRole() {
    Membership member = membership("org", "alice", Role.MEMBER);
    create(member);
    Membership admin = member.withRole(Role.ADMIN, CHANGED);
    assertCommitted(new Change.Replace(admin));

    assertThat(list(ofUser("alice", 10)).memberships()).containsExactly(admin);
  }

  @Test
  void list_ofOrganization_isInOrderOfCodePoints() {
    List.of("b", "a.b", "A", "a", "a-b", "a_b", "a+b", "a@b", "ab", "Z", "10", "9", "aB")
        .forEach(name -> create(membership("org", name, Role.MEMBER)));

    assertThat(names(list(ofOrganization("org", 50))))
        .containsExactly(
            "10", "9", "A", "Z", "a", "a+b", "a-b", "a.b", "a@b", "aB", "a_b", "ab", "b");
  }

  @Test
  void list_ofUser_isInOrderOfCodePoints() {
    List.of("b", "a-b", "a", "a_b", "ab", "1", "a-b-c", "10")
        .forEach(name -> create(membership(name, "alice", Role.MEMBER)));

    assertThat(organizations(list(ofUser("alice", 50))))
        .containsExactly("1", "10", "a", "a-b", "a-b-c", "a_b", "ab", "b");
  }

  @Test
  void list_ofOrganizationPageByPage_hasEachOnce() {
    List<String> all = createMembers("org", 10);
    List<String> seen = new ArrayList<>();
    MembershipPage page = list(ofOrganization("org", 3));
    seen.addAll(names(page));
    while (page.more()) {
      page =
          list(
              new OfOrganization(
                  organizationName("org"),
                  Optional.empty(),
                  Optional.of(page.memberships().getLast().username()),
                  3));
      seen.addAll(names(page));
    }

    assertThat(seen).isEqualTo(all);
  }

  @Test
  void list_ofUserPageByPage_hasEachOnce() {
    List<String> all = IntStream.range(0, 7).mapToObj(i -> "org" + i).toList();
    all.forEach(name -> create(membership(name, "alice", Role.MEMBER)));
    List<String> seen = new ArrayList<>();
    MembershipPage page = list(ofUser("alice", 2));
    seen.addAll(organizations(page));
    while (page.more()) {
      page =
          list(
              new OfUser(
                  username("alice"), Optional.of(page.memberships().getLast().organization()), 2));
      seen.addAll(organizations(page));
    }

    assertThat(seen).isEqualTo(all);
  }

  @Test
  void list_exactlyOnePageThere_hasNoMore() {
    createMembers("org", 4);

    MembershipPage page = list(ofOrganization("org", 4));
    assertThat(page.memberships()).hasSize(4);
    assertThat(page.more()).isFalse();
  }

  @Test
  void list_oneMoreThanAPageThere_hasMore() {
    createMembers("org", 5);

    MembershipPage page = list(ofOrganization("org", 4));
    assertThat(page.memberships()).hasSize(4);
    assertThat(page.more()).isTrue();
  }

  @Test
  void list_onlyRemovedAfterThePage_hasNoMore() {
    createMembers("org", 4);
    createRemoved("org", "zoe");

    assertThat(list(ofOrganization("org", 4)).more()).isFalse();
  }

  @Test
  void list_manyRemovedBetween_fillsThePage() {
    create(membership("org", "a", Role.MEMBER));
    // More than any store reads at once.
    createAllRemoved("org", "m", 130);
    create(membership("org", "z", Role.MEMBER));

    assertThat(list(ofOrganization("org", 2)))
        .isEqualTo(
            new MembershipPage(
                List.of(membership("org", "a", Role.MEMBER), membership("org", "z", Role.MEMBER)),
                false));
    assertThat(list(ofOrganization("org", 1)).more()).isTrue();
  }

  @Test
  void list_ofUser_passesOverRemoved() {
    create(membership("a", "alice", Role.MEMBER));
    createRemoved("b", "alice");
    create(membership("c", "alice", Role.MEMBER));

    assertThat(list(ofUser("alice", 2)))
        .isEqualTo(
            new MembershipPage(
                List.of(
                    membership("a", "alice", Role.MEMBER), membership("c", "alice", Role.MEMBER)),
                false));
  }

  @Test
  void list_addedAgain_isThereOnceInBothDirections() {
    createRemoved("org", "alice");
    Membership again =
        Membership.added(membershipKey("org", "alice"), Role.ADMIN, new Revision(2), CHANGED);
    assertCommitted(new Change.Create(again));

    assertThat(list(ofOrganization("org", 10)).memberships()).containsExactly(again);
    assertThat(list(ofUser("alice", 10)).memberships()).containsExactly(again);
  }

  @Test
  void list_roleFilter_hasOnlyThatRole() {
    create(membership("org", "a", Role.OWNER));
    create(membership("org", "b", Role.ADMIN));
    create(membership("org", "c", Role.OWNER));
    create(membership("org", "d", Role.MEMBER));

    assertThat(list(ofRole(Role.OWNER, 2)))
        .isEqualTo(
            new MembershipPage(
                List.of(membership("org", "a", Role.OWNER), membership("org", "c", Role.OWNER)),
                false));
  }

  @Test
  void list_roleFilter_passesOverRemovedOfThatRole() {
    createRemoved("org", "alice");

    assertThat(list(ofRole(Role.MEMBER, 10)).memberships()).isEmpty();
  }

  @Test
  void list_roleFilterRare_fillsThePageAndKnowsOfMore() {
    create(membership("org", "a", Role.OWNER));
    createMembers("org", 120);
    create(membership("org", "y", Role.OWNER));
    create(membership("org", "z", Role.OWNER));

    MembershipPage page = list(ofRole(Role.OWNER, 2));
    assertThat(names(page)).containsExactly("a", "y");
    assertThat(page.more()).isTrue();
  }

  @Test
  void list_afterAKeyThatDoesNotExist_goesOnBehindIt() {
    create(membership("org", "a", Role.MEMBER));
    create(membership("org", "c", Role.MEMBER));
    create(membership("a", "user", Role.MEMBER));
    create(membership("c", "user", Role.MEMBER));

    assertThat(
            names(
                list(
                    new OfOrganization(
                        organizationName("org"),
                        Optional.empty(),
                        Optional.of(username("b")),
                        10))))
        .containsExactly("c");
    assertThat(
            organizations(
                list(new OfUser(username("user"), Optional.of(organizationName("b")), 10))))
        .containsExactly("c");
  }

  @Test
  void list_afterTheLast_isEmpty() {
    create(membership("org", "a", Role.MEMBER));

    assertThat(
            list(
                new OfOrganization(
                    organizationName("org"), Optional.empty(), Optional.of(username("a")), 10)))
        .isEqualTo(new MembershipPage(List.of(), false));
  }

  @Test
  void list_afterRandomCommits_agreesInBothDirectionsAndWithReads() {
    Random random = new Random(20260131);
    List<String> organizations = List.of("a", "b", "c");
    List<String> users = List.of("u", "v", "w", "x");
    for (int i = 0; i < 120; i++) {
      change(
          membershipKey(
              organizations.get(random.nextInt(organizations.size())),
              users.get(random.nextInt(users.size()))),
          random);
    }
    Set<Membership> byOrganization = new HashSet<>();
    organizations.forEach(o -> byOrganization.addAll(list(ofOrganization(o, 10)).memberships()));
    Set<Membership> byUser = new HashSet<>();
    users.forEach(u -> byUser.addAll(list(ofUser(u, 10)).memberships()));
    Set<Membership> byKey = new HashSet<>();
    organizations.forEach(
        o -> users.forEach(u -> read(membershipKey(o, u)).toOptional().ifPresent(byKey::add)));

    assertThat(byOrganization).isEqualTo(byKey);
    assertThat(byUser).isEqualTo(byKey);
  }

  private void change(EntityKey.MembershipKey key, Random random) {
    Role role = List.of(Role.values()).get(random.nextInt(3));
    assertCommitted(
        switch (read(key)) {
          case Lookup.Absent<Membership> absent ->
              new Change.Create(
                  Membership.added(
                      key, role, absent.revision(), CREATED.plusMillis(absent.revision().value())));
          case Lookup.Found<Membership> found ->
              random.nextBoolean()
                  ? new Change.Replace(found.entity().withRole(role, CHANGED))
                  : remove(found.entity());
        });
  }

  // Scan.

  @Test
  void scan_nothingThere_isEmpty() {
    assertThat(scan(Optional.empty(), 10)).isEqualTo(new EntityPage(List.of(), Optional.empty()));
  }

  @Test
  void scan_pageByPage_hasEachEntityOnceAndNothingElse() {
    List<Entity> all = new ArrayList<>();
    all.add(user("alice"));
    all.add(renamed(user("bob")));
    all.add(organization("org"));
    all.add(membership("org", "alice", Role.OWNER));
    all.add(membership("org", "bob", Role.MEMBER));
    create(user("alice"));
    create(user("bob"));
    commit(
        done(renamed(user("bob"))), // leaves its record, too
        new Change.Replace(renamed(user("bob"))));
    createOwned("org", "alice");
    create(membership("org", "bob", Role.MEMBER));
    createRemoved("org", "carol");

    for (int limit : new int[] {1, 2, 1000}) {
      assertThat(scanned(limit)).as("limit %s", limit).containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  void scan_manyItems_looksAtNoMoreThanItsLimitAtOnce() {
    createAllRemoved("org", "gone", 30);
    createMembers("org", 5);
    EntityPage page = scan(Optional.empty(), 3);

    assertThat(page.entities()).hasSizeLessThanOrEqualTo(3);
    assertThat(page.next()).isPresent();
    assertThat(scanned(3)).hasSize(5);
  }

  // The caller.

  @Test
  void read_callerGone_isCancelled() {
    CallScope scope = scope();
    scope.cancel();

    assertThatThrownBy(() -> store().read(List.of(userKey("alice")), scope).join())
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(CancellationException.class),
            e -> assertThat(e).hasCauseInstanceOf(CancellationException.class));
  }

  @Test
  void commit_callerGone_changesNothing() {
    CallScope scope = scope();
    scope.cancel();
    Commit commit =
        new Commit(List.of(new Change.Create(user("alice"))), Optional.empty(), List.of());

    assertThat(store().commit(commit, scope)).isCompletedExceptionally();
    assertThat(read(userKey("alice"))).isInstanceOf(Lookup.Absent.class);
  }

  // How the tests say it.

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }

  private <E extends Entity> Lookup<E> read(EntityKey<E> key) {
    return readAll(List.of(key)).get(key);
  }

  private Lookups readAll(Collection<EntityKey<?>> keys) {
    return store().read(keys, scope()).join();
  }

  private Snapshot snapshot(Collection<EntityKey<?>> keys, Optional<RequestId> request) {
    return store().snapshot(keys, request, scope()).join();
  }

  private CommitResult commit(Change... changes) {
    return store()
        .commit(new Commit(List.of(changes), Optional.empty(), List.of()), scope())
        .join();
  }

  private CommitResult commit(RequestRecord record, Change... changes) {
    return store()
        .commit(new Commit(List.of(changes), Optional.of(record), List.of()), scope())
        .join();
  }

  private void assertCommitted(Change... changes) {
    assertThat(commit(changes)).isEqualTo(new Committed());
  }

  private void create(Entity entity) {
    assertCommitted(new Change.Create(entity));
  }

  private void createOwned(String organization, String owner) {
    assertCommitted(
        new Change.Create(organization(organization)),
        new Change.Create(membership(organization, owner, Role.OWNER)));
  }

  private Membership createRemoved(String organization, String user) {
    Membership member = membership(organization, user, Role.MEMBER);
    create(member);
    assertCommitted(remove(member));
    return member.removed(CHANGED);
  }

  /** Creates members that sort as they are numbered, and returns their names. */
  private List<String> createMembers(String organization, int number) {
    List<String> names =
        IntStream.range(0, number).mapToObj(i -> "member%03d".formatted(i)).toList();
    inBatches(
        names.stream()
            .<Change>map(name -> new Change.Create(membership(organization, name, Role.MEMBER)))
            .toList());
    return names;
  }

  private void createAllRemoved(String organization, String prefix, int number) {
    List<Membership> members =
        IntStream.range(0, number)
            .mapToObj(i -> membership(organization, prefix + i, Role.MEMBER))
            .toList();
    inBatches(members.stream().<Change>map(Change.Create::new).toList());
    inBatches(members.stream().map(AccountStoreContract::remove).toList());
  }

  private void inBatches(List<Change> changes) {
    int size = 25;
    for (int from = 0; from < changes.size(); from += size) {
      assertCommitted(
          changes.subList(from, Math.min(from + size, changes.size())).toArray(Change[]::new));
    }
  }

  private MembershipPage list(MembershipQuery query) {
    return store().list(query, scope()).join();
  }

  private EntityPage scan(Optional<ScanPosition> after, int limit) {
    return store().scan(after, limit, scope()).join();
  }

  private List<Entity> scanned(int limit) {
    List<Entity> found = new ArrayList<>();
    EntityPage page = scan(Optional.empty(), limit);
    found.addAll(page.entities());
    while (page.next().isPresent()) {
      page = scan(page.next(), limit);
      found.addAll(page.entities());
    }
    return found;
  }

  private static List<String> names(MembershipPage page) {
    return page.memberships().stream().map(member -> member.username().value()).toList();
  }

  private static List<String> organizations(MembershipPage page) {
    return page.memberships().stream().map(member -> member.organization().value()).toList();
  }

  private static MembershipQuery ofOrganization(String organization, int limit) {
    return new OfOrganization(
        organizationName(organization), Optional.empty(), Optional.empty(), limit);
  }

  private static MembershipQuery ofRole(Role role, int limit) {
    return new OfOrganization(organizationName("org"), Optional.of(role), Optional.empty(), limit);
  }

  private static MembershipQuery ofUser(String user, int limit) {
    return new OfUser(username(user), Optional.empty(), limit);
  }

  private static Change remove(Membership member) {
    return new Change.Remove(member.removed(CHANGED));
  }

  private static Change requireRole(String organization, String user, Role... roles) {
    return new Change.RequireRole(
        organizationName(organization), username(user), Set.copyOf(Arrays.asList(roles)));
  }

  private static Change addOwner(String organization) {
    return new Change.AddOwner(organizationName(organization));
  }

  private static Change dropOwner(String organization, String leaving) {
    return new Change.DropOwner(organizationName(organization), username(leaving));
  }

  private static Conflict conflict(Change... unmet) {
    return new Conflict(List.of(unmet));
  }

  private static RequestRecord done(Entity... entities) {
    return new RequestRecord(REQUEST, FINGERPRINT, new Outcome.Done(List.of(entities)));
  }
}
