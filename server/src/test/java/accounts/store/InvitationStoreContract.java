package accounts.store;

import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.invitation;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.Invitation;
import accounts.domain.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link InvitationStore} does, and commits that change what it shows. */
public abstract class InvitationStoreContract {

  private static final Instant OPEN = CREATED.plusSeconds(1);
  private static final Invitation ALICE = invitation("org", "alice", Role.ADMIN);

  /** Returns what is under test, empty at the beginning of each test. */
  protected abstract InvitationStore invitations();

  /** Returns the store of the same table. */
  protected abstract AccountStore store();

  /** Returns what forgets invitations of the same table. */
  protected abstract DeletionStore deletions();

  @Test
  void find_made_isAsItWasMade() {
    make(ALICE);

    assertThat(found("alice")).contains(ALICE);
    assertThat(found("bob")).isEmpty();
  }

  @Test
  void commit_anotherAlready_isAConflictUnlessThatIsReplaced() {
    make(ALICE);
    Invitation other = invitation("org", "alice", Role.MEMBER);
    Change unseen = new Change.PutInvitation(other, Optional.empty());
    Change misseen = new Change.PutInvitation(other, Optional.of(other));

    assertThat(commit(unseen)).isEqualTo(new CommitResult.Conflict(List.of(unseen)));
    assertThat(commit(misseen)).isEqualTo(new CommitResult.Conflict(List.of(misseen)));
    assertThat(found("alice")).contains(ALICE);
    assertThat(commit(new Change.PutInvitation(other, Optional.of(ALICE)))).isEqualTo(done());
    assertThat(found("alice")).contains(other);
    assertThat(listed(ofUser("alice", 9))).containsExactly(other);
  }

  @Test
  void commit_droppedAsSeen_isGoneInBothDirections() {
    make(ALICE);
    Change drop = new Change.DropInvitation(ALICE);

    assertThat(commit(drop)).isEqualTo(done());

    assertThat(found("alice")).isEmpty();
    assertThat(listed(ofUser("alice", 9))).isEmpty();
    assertThat(listed(ofOrganization("org", 9))).isEmpty();
    assertThat(commit(drop)).isEqualTo(new CommitResult.Conflict(List.of(drop)));
  }

  @Test
  void commit_droppedOtherThanSeen_isAConflict() {
    make(ALICE);
    Change drop = new Change.DropInvitation(invitation("org", "alice", Role.OWNER));

    assertThat(commit(drop)).isEqualTo(new CommitResult.Conflict(List.of(drop)));
    assertThat(found("alice")).contains(ALICE);
  }

  @Test
  void list_ofOrganization_isPagedByUsername() {
    Stream.of("b", "a", "c", "B").forEach(user -> make(invitation("org", user, Role.MEMBER)));
    make(invitation("org-2", "a", Role.MEMBER));

    InvitationPage first = list(ofOrganization("org", 3), OPEN);

    assertThat(first.invitations())
        .extracting(found -> found.username().value())
        .containsExactly("B", "a", "b");
    assertThat(first.more()).isTrue();
    assertThat(
            list(
                new InvitationQuery.OfOrganization(
                    organizationName("org"), Optional.of(username("b")), 3),
                OPEN))
        .isEqualTo(new InvitationPage(List.of(invitation("org", "c", Role.MEMBER)), false));
  }

  @Test
  void list_ofUser_isPagedByOrganization() {
    Stream.of("b", "a", "c").forEach(name -> make(invitation(name, "alice", Role.MEMBER)));
    make(invitation("a", "alice2", Role.MEMBER));

    InvitationPage first = list(ofUser("alice", 2), OPEN);

    assertThat(first.invitations())
        .extracting(found -> found.organization().value())
        .containsExactly("a", "b");
    assertThat(first.more()).isTrue();
    assertThat(
            list(
                new InvitationQuery.OfUser(
                    username("alice"), Optional.of(organizationName("b")), 2),
                OPEN))
        .isEqualTo(new InvitationPage(List.of(invitation("c", "alice", Role.MEMBER)), false));
  }

  @Test
  void list_expired_isLeftOutFromThatMomentOnAndStillFound() {
    make(ALICE);

    assertThat(list(ofUser("alice", 9), ALICE.expireTime().minusMillis(1)).invitations())
        .containsExactly(ALICE);
    assertThat(list(ofUser("alice", 9), ALICE.expireTime()).invitations()).isEmpty();
    assertThat(list(ofUser("alice", 9), ALICE.expireTime().plusMillis(1)).invitations()).isEmpty();
    assertThat(list(ofOrganization("org", 9), ALICE.expireTime()).invitations()).isEmpty();
    assertThat(found("alice")).contains(ALICE);
  }

  @Test
  void list_ofALaterOneOfTheName_leavesThemOut() {
    make(ALICE);
    Instant later = CREATED.plusMillis(1);

    assertThat(list(ofUser("alice", 9), later, OPEN).invitations()).isEmpty();
    assertThat(list(ofOrganization("org", 9), later, OPEN).invitations()).isEmpty();
  }

  @Test
  void forgetInvitations_several_areGoneAndOthersStay() {
    for (int i = 0; i < 30; i++) {
      make(invitation("org-" + i, "alice", Role.MEMBER));
    }
    make(invitation("org-0", "bob", Role.MEMBER));

    deletions().forgetInvitations(username("alice"), scope()).join();

    assertThat(listed(ofUser("alice", 99))).isEmpty();
    assertThat(listed(ofOrganization("org-0", 99)))
        .containsExactly(invitation("org-0", "bob", Role.MEMBER));
    deletions().forgetInvitations(username("alice"), scope()).join();
  }

  private void make(Invitation invitation) {
    assertThat(commit(new Change.PutInvitation(invitation, Optional.empty()))).isEqualTo(done());
  }

  private CommitResult commit(Change change) {
    return store().commit(new Commit(List.of(change), Optional.empty(), List.of()), scope()).join();
  }

  private static CommitResult done() {
    return new CommitResult.Committed();
  }

  private Optional<Invitation> found(String user) {
    return invitations().find(membershipKey("org", user), scope()).join();
  }

  private List<Invitation> listed(InvitationQuery query) {
    return list(query, OPEN).invitations();
  }

  private InvitationPage list(InvitationQuery query, Instant now) {
    return list(query, CREATED, now);
  }

  private InvitationPage list(InvitationQuery query, Instant created, Instant now) {
    return invitations().list(query, created, now, scope()).join();
  }

  private static InvitationQuery ofOrganization(String name, int limit) {
    return new InvitationQuery.OfOrganization(organizationName(name), Optional.empty(), limit);
  }

  private static InvitationQuery ofUser(String name, int limit) {
    return new InvitationQuery.OfUser(username(name), Optional.empty(), limit);
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
