package accounts.store;

import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Lookup;
import accounts.domain.RequestId;
import accounts.domain.Role;
import accounts.domain.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link DeletionStore} does. */
public abstract class DeletionStoreContract {

  private static final Instant LATER = CREATED.plus(Duration.ofDays(3000));

  /** Returns what is under test, empty at the beginning of each test. */
  protected abstract DeletionStore deletions();

  /** Returns the store of the same table. */
  protected abstract AccountStore store();

  @Test
  void find_noted_isAsItWasNoted() {
    Deletion forced =
        new Deletion(
            userKey("alice"),
            true,
            new Origin(
                Optional.of("issuer someone"),
                Optional.of(username("olivia")),
                Optional.of(RequestId.of("123e4567-e89b-12d3-a456-426614174000"))),
            Optional.of("fingerprint"));
    commit(new Change.NoteDeletion(forced), new Change.NoteDeletion(note(organization("org"))));

    assertThat(deletions().find(userKey("alice"), scope()).join())
        .contains(OpenDeletion.begun(forced));
    assertThat(deletions().find(organization("org").key(), scope()).join())
        .contains(OpenDeletion.begun(note(organization("org"))));
    assertThat(deletions().find(userKey("bob"), scope()).join()).isEmpty();
  }

  @Test
  void open_several_areReturnedUpToTheLimit() {
    commit(new Change.NoteDeletion(note(user("a"))), new Change.NoteDeletion(note(user("b"))));

    assertThat(open(10))
        .extracting(OpenDeletion::deletion)
        .containsExactlyInAnyOrder(note(user("a")), note(user("b")));
    assertThat(open(1)).hasSize(1);
  }

  @Test
  void open_gotOnSince_hasAnotherProgress() {
    commit(new Change.NoteDeletion(note(user("a"))));
    OpenDeletion before = open(1).getFirst();

    List<MembershipKey> step = List.of(membershipKey("org", "a"), membershipKey("b_c", "a.b+c@d"));
    commit(new Change.NoteProgress(before, step));

    assertThat(open(1)).containsExactly(before.after(step));
    assertThat(open(1).getFirst().progress()).isNotEqualTo(before.progress());
  }

  @Test
  void claim_asSeen_succeedsOnce() {
    commit(new Change.NoteDeletion(note(user("a"))));
    OpenDeletion seen = open(1).getFirst();

    assertThat(deletions().claim(seen, true, scope()).join()).contains(seen.taken(true));
    assertThat(deletions().claim(seen, false, scope()).join()).isEmpty();
    assertThat(open(1)).containsExactly(seen.taken(true));
    assertThat(seen.taken(true).deletion().force()).isTrue();
  }

  @Test
  void claim_ended_fails() {
    commit(new Change.NoteDeletion(note(user("a"))));
    OpenDeletion seen = open(1).getFirst();
    commit(new Change.DropDeletion(seen));

    assertThat(deletions().claim(seen, false, scope()).join()).isEmpty();
    assertThat(open(1)).isEmpty();
  }

  @Test
  void drop_asSeen_removesIt() {
    commit(new Change.NoteDeletion(note(user("a"))));
    OpenDeletion seen = open(1).getFirst();
    deletions().drop(seen.taken(false), scope()).join();
    assertThat(open(1)).containsExactly(seen);

    deletions().drop(seen, scope()).join();

    assertThat(open(1)).isEmpty();
  }

  @Test
  void kept_deleted_isTheAccountAtItsDeletion() {
    Account deleted = deleted(user("alice"));
    Account organization = deleted(organization("org"));

    assertThat(deletions().kept(userKey("alice"), scope()).join().map(Account.class::cast))
        .contains(deleted);
    assertThat(deletions().kept(organization("org").key(), scope()).join().map(Account.class::cast))
        .contains(organization);
  }

  @Test
  void kept_restored_isNothing() {
    Account deleted = deleted(user("alice"));
    commit(new Change.Restore(deleted.deleting(false, CREATED)));

    assertThat(deletions().kept(userKey("alice"), scope()).join()).isEmpty();
  }

  private Account deleted(Account account) {
    Account deleting = account.deleting(true, CREATED);
    Account deleted = deleting.deleting(false, CREATED);
    commit(new Change.Create(account));
    commit(new Change.Replace(deleting));
    commit(new Change.End(deleted, LATER));
    return deleted;
  }

  @Test
  void withOneOwner_some_areThoseThatHaveNoOther() {
    commit(new Change.Create(organization("one")));
    commit(new Change.Create(organization("two")));
    commit(
        new Change.Create(membership("two", "bob", Role.OWNER)),
        new Change.AddOwner(organizationName("two")));

    assertThat(
            deletions()
                .withOneOwner(
                    List.of(
                        organizationName("one"), organizationName("two"), organizationName("none")),
                    scope())
                .join())
        .containsExactly(organizationName("one"));
  }

  @Test
  void forgetRequests_severalWithTheUser_areForgottenAndNoOthers() {
    List<RequestId> own = Stream.generate(this::requestId).limit(30).toList();
    RequestId other = requestId();
    own.forEach(id -> record(id, user("alice")));
    record(other, user("bob"));

    deletions().forgetRequests(username("alice"), scope()).join();

    assertThat(own).allSatisfy(id -> assertThat(isRecorded(id)).isFalse());
    assertThat(isRecorded(other)).isTrue();
  }

  private RequestId requestId() {
    return new RequestId(UUID.randomUUID());
  }

  private void record(RequestId id, User user) {
    RequestRecord record = new RequestRecord(id, "f", new Outcome.Done(List.of(user)));
    assertThat(
            store().commit(new Commit(List.of(), Optional.of(record), List.of()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  private boolean isRecorded(RequestId id) {
    return store()
        .snapshot(List.of(userKey("alice")), Optional.of(id), scope())
        .join()
        .request()
        .isPresent();
  }

  @Test
  void kept_erased_isNothingAndTheNameIsReserved() {
    Account deleted = deleted(user("alice"));
    commit(new Change.Erase(username("alice"), deleted.revision().next(), LATER, CREATED));

    assertThat(deletions().kept(userKey("alice"), scope()).join()).isEmpty();
    assertThat(store().read(List.of(userKey("alice")), scope()).join().get(userKey("alice")))
        .isEqualTo(new Lookup.Absent<>(deleted.revision().next(), Optional.of(LATER)));
  }

  protected final List<OpenDeletion> open(int limit) {
    return deletions().open(limit, scope()).join();
  }

  protected final void commit(Change... changes) {
    assertThat(
            store()
                .commit(new Commit(List.of(changes), Optional.empty(), List.of()), scope())
                .join())
        .isEqualTo(new CommitResult.Committed());
  }

  protected static Deletion note(Account account) {
    Origin nobody = new Origin(Optional.empty(), Optional.empty(), Optional.empty());
    return new Deletion(account.key(), false, nobody, Optional.empty());
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
