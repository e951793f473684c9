package accounts.service;

import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.InvitationNotFound;
import accounts.domain.AccountError.MembershipAlreadyExists;
import accounts.domain.AccountError.OrganizationNotFound;
import accounts.domain.AccountError.RoleRequired;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.AccountError.UserSuspended;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Invitation;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.RequestId;
import accounts.domain.Resource;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.store.AuditEntry;
import accounts.store.Change;
import accounts.store.InvitationPage;
import accounts.store.InvitationQuery;
import accounts.store.InvitationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may invite whom, and what an invitation is worth when it is accepted. */
final class InvitationsTest extends MutationFixture {

  private static final MembershipKey KEY = membershipKey("org", "alice");
  private static final Duration DAY = Duration.ofDays(1);

  private final Invitations invitations = invitations(truth);

  @BeforeEach
  void givenUsers() {
    givenOrganization("olivia");
    given(new Change.Create(user("alice")), new Change.Create(user("adam")));
    given(new Change.Create(membership("org", "adam", Role.ADMIN)));
  }

  private Invitations invitations(InvitationStore store) {
    return new Invitations(
        store, new AccountQueries(reader, truth), executor, InstantSource.fixed(CREATED));
  }

  @Test
  void invite_byOneWhoMayAddIt_isListedAndNoMembership() {
    Invitation invitation = (Invitation) run(invite(Role.ADMIN, "adam"));

    assertThat(invitation)
        .isEqualTo(
            new Invitation(
                KEY.organization(),
                KEY.username(),
                Role.ADMIN,
                username("adam"),
                CREATED,
                CREATED,
                CREATED,
                Revision.NONE,
                CREATED,
                CREATED.plus(DAY)));
    assertThat(listed().invitations()).containsExactly(invitation);
    assertThat(found(KEY)).isEmpty();
    assertThat(truth.entries()).isEmpty();
  }

  @Test
  void invite_byOneWhoMayNotAddIt_isRefused() {
    assertThat(error(invite(Role.OWNER, "adam")))
        .isEqualTo(
            new RoleRequired(
                KEY.organization(), username("adam"), Optional.of(Role.ADMIN), Set.of(Role.OWNER)));
    assertThat(error(invite(Role.MEMBER, "alice"))).isInstanceOf(RoleRequired.class);
    given(new Change.Replace(user("adam").inState(UserState.SUSPENDED, CREATED)));
    reader.drop(userKey("adam"));
    assertThat(error(invite(Role.MEMBER, "adam"))).isEqualTo(new UserSuspended(username("adam")));
  }

  @Test
  void invite_whatCannotBeAdded_isRefused() {
    assertThat(error(invite("nobody"))).isInstanceOf(UserNotFound.class);
    assertThat(error(invite("adam"))).isInstanceOf(MembershipAlreadyExists.class);
    given(new Change.Replace(user("alice").deleting(true, CREATED)));
    assertThat(error(invite("alice"))).isEqualTo(new BeingDeleted(userKey("alice")));
  }

  private static InvitationRequest invite(String user) {
    return new InvitationRequest.Invite(
        membershipKey("org", user), Role.MEMBER, username("olivia"), DAY);
  }

  @Test
  void invite_again_replacesTheEarlierOne() {
    run(invite(Role.ADMIN, "olivia"));

    Resource second = run(invite(Role.MEMBER, "adam"));

    assertThat(listed().invitations()).isEqualTo(List.of(second));
    assertThat(((Membership) run(accept())).role()).isEqualTo(Role.MEMBER);
  }

  @Test
  void invite_adminAfterAnOwnersInvitationOfAnOwner_isRefusedUntilItHasExpired() {
    run(invite(Role.OWNER, "olivia"));

    assertThat(error(invite(Role.MEMBER, "adam"))).isInstanceOf(RoleRequired.class);
    assertThat(error(delete("adam"))).isInstanceOf(RoleRequired.class);
    run(delete("olivia"));
    given(expired(Role.OWNER));
    assertThat(run(invite(Role.MEMBER, "adam"))).isInstanceOf(Invitation.class);
  }

  @Test
  void accept_invited_isAMemberAndTheTrailNamesBoth() {
    run(invite(Role.OWNER, "olivia"));

    Membership membership = (Membership) run(accept());

    assertThat(membership).isEqualTo(membership("org", "alice", Role.OWNER));
    assertThat(get(KEY).lookup().toOptional()).contains(membership);
    assertThat(listed().invitations()).isEmpty();
    AuditEntry entry = truth.entries().getLast();
    assertThat(entry.entity()).isEqualTo(KEY);
    assertThat(entry.origin().actingUser()).contains(username("alice"));
    assertThat(entry.invitingUser()).contains(username("olivia"));
    // Counted as an owner: the other one may go.
    assertThat(run(remove("olivia", "olivia"))).hasSize(1);
  }

  @Test
  void accept_notInvited_isNotFound() {
    assertNotAccepted();
    assertThat(error(new InvitationRequest.Accept(membershipKey("nowhere", "alice"))))
        .isInstanceOf(OrganizationNotFound.class);
    assertThat(error(new InvitationRequest.Accept(membershipKey("org", "nobody"))))
        .isInstanceOf(UserNotFound.class);
  }

  @Test
  void accept_expired_isNotFoundAndSoIsItsEnd() {
    given(expired(Role.MEMBER));

    assertNotAccepted();
    assertThat(error(delete("olivia"))).isInstanceOf(InvitationNotFound.class);
    assertThat(error(delete("alice"))).isInstanceOf(InvitationNotFound.class);
  }

  private static Change expired(Role role) {
    Instant longAgo = CREATED.minus(DAY);
    return new Change.PutInvitation(
        Invitation.made(
            organization("org"),
            user("alice"),
            Revision.NONE,
            role,
            membership("org", "olivia", Role.OWNER),
            longAgo,
            DAY),
        Optional.empty());
  }

  @Test
  void accept_inviterLostTheRight_isNotFound() {
    run(invite(Role.ADMIN, "adam"));

    run(
        new ChangeMemberRole(
            KEY.organization(), username("adam"), Role.MEMBER, username("olivia"), Revision.NONE));

    assertNotAccepted();
  }

  @Test
  void accept_inviterRemovedUnseen_isNotFound() {
    run(invite(Role.ADMIN, "adam"));
    Membership adam = membership("org", "adam", Role.ADMIN);

    given(new Change.Remove(adam.removed(CREATED)));

    assertThat(get(adam.key()).lookup().toOptional()).contains(adam);
    assertNotAccepted();
  }

  @Test
  void accept_inviterRemovedAndAddedAgain_isNotFound() {
    run(invite(Role.MEMBER, "adam"));
    run(remove("adam", "olivia"));
    now = now.plusMillis(1);
    run(add("adam", Role.ADMIN, "olivia"));

    assertNotAccepted();
  }

  @Test
  void accept_inviterRemovedAndAddedAgainUnseen_isNotFound() {
    run(invite(Role.MEMBER, "adam"));
    Membership adam = membership("org", "adam", Role.ADMIN);
    Membership removed = adam.removed(CREATED);
    assertThat(get(adam.key()).lookup().toOptional()).contains(adam);
    given(new Change.Remove(removed));
    given(
        new Change.Create(
            Membership.added(adam.key(), Role.ADMIN, removed.revision(), CREATED.plusMillis(1))));

    assertThat(get(adam.key()).lookup().toOptional()).contains(adam);
    assertNotAccepted();
  }

  @Test
  void accept_suspendedUnseen_isRefused() {
    run(invite(Role.MEMBER, "olivia"));
    given(new Change.Replace(user("alice").inState(UserState.SUSPENDED, CREATED)));

    assertThat(error(accept())).isEqualTo(new UserSuspended(username("alice")));
    assertThat(found(KEY)).isEmpty();
  }

  @Test
  void inviteAndDelete_demotedUnseen_areRefused() {
    run(invite(Role.MEMBER, "olivia"));
    Membership adam = membership("org", "adam", Role.ADMIN);
    assertThat(get(adam.key()).lookup().toOptional()).contains(adam);
    given(new Change.Replace(adam.withRole(Role.MEMBER, CREATED)));

    assertThat(error(invite(Role.MEMBER, "adam"))).isInstanceOf(RoleRequired.class);
    assertThat(error(delete("adam"))).isInstanceOf(RoleRequired.class);
    assertThat(listed().invitations()).hasSize(1);
  }

  @Test
  void invite_organizationBeingDeletedUnseen_isRefused() {
    assertThat(get(organizationKey("org")).lookup().toOptional()).isPresent();
    given(new Change.Replace(organization("org").deleting(true, CREATED)));

    assertThat(error(invite(Role.MEMBER, "olivia")))
        .isEqualTo(new BeingDeleted(organizationKey("org")));
  }

  @Test
  void accept_again_isAMemberAlreadyAndSoIsItsEnd() {
    run(invite(Role.MEMBER, "olivia"));
    run(accept());

    assertThat(error(accept())).isInstanceOf(MembershipAlreadyExists.class);
    assertThat(error(delete("olivia"))).isInstanceOf(MembershipAlreadyExists.class);
    assertThat(error(delete("alice"))).isInstanceOf(MembershipAlreadyExists.class);
  }

  @Test
  void list_deletedOrganization_isNotFound() {
    run(invite(Role.MEMBER, "olivia"));
    Organization organization = organization("org").deleting(true, CREATED);
    given(new Change.Replace(organization));
    given(new Change.End(organization.deleting(false, CREATED), CREATED.plus(DAY)));
    InvitationQuery query =
        new InvitationQuery.OfOrganization(KEY.organization(), Optional.empty(), 9);

    assertThat(error(catchThrowable(() -> bounded(invitations.list(query, scope())))))
        .isInstanceOf(OrganizationNotFound.class);
  }

  @Test
  void accept_inviterSuspended_isNotFoundUntilResumed() {
    run(invite(Role.MEMBER, "adam"));
    run(new ChangeUserState(username("adam"), UserState.SUSPENDED, Revision.NONE));
    assertNotAccepted();

    run(new ChangeUserState(username("adam"), UserState.ACTIVE, Revision.NONE));

    assertThat(run(accept())).isInstanceOf(Membership.class);
  }

  @Test
  void accept_suspended_isRefused() {
    run(invite(Role.MEMBER, "olivia"));
    run(new ChangeUserState(username("alice"), UserState.SUSPENDED, Revision.NONE));

    assertThat(error(accept())).isEqualTo(new UserSuspended(username("alice")));
  }

  @Test
  void accept_organizationBeingDeleted_isRefused() {
    run(invite(Role.MEMBER, "olivia"));

    given(new Change.Replace(organization("org").deleting(true, CREATED)));

    assertThat(error(accept())).isEqualTo(new BeingDeleted(organizationKey("org")));
  }

  @Test
  void accept_addedSince_isAMemberAlready() {
    run(invite(Role.ADMIN, "olivia"));
    run(add("alice", Role.MEMBER, "olivia"));

    assertThat(error(accept())).isInstanceOf(MembershipAlreadyExists.class);
    assertThat(found(KEY)).map(Membership::role).contains(Role.MEMBER);
  }

  @Test
  void accept_addedAndRemovedSince_doesNotLetItBackIn() {
    run(invite(Role.ADMIN, "olivia"));
    run(add("alice", Role.MEMBER, "olivia"));
    run(remove("alice", "olivia"));

    assertNotAccepted();
  }

  @Test
  void accept_removedBeforeTheInvitation_countsOn() {
    run(add("alice", Role.MEMBER, "olivia"));
    run(remove("alice", "olivia"));
    run(invite(Role.ADMIN, "olivia"));
    now = now.plusMillis(1);

    assertThat(((Membership) run(accept())).revision()).isEqualTo(new Revision(3));
  }

  @Test
  void accept_laterOrganizationOfTheName_isNotFound() {
    Organization earlier = organization("org");
    Organization later =
        new Organization(
            earlier.name(),
            earlier.displayName(),
            earlier.foundingUser(),
            false,
            earlier.labels(),
            earlier.revision(),
            CREATED.minusMillis(1),
            CREATED);
    given(invitationOf(later, user("alice")));

    assertNotAccepted();
  }

  @Test
  void accept_laterUserOfTheName_isNotFound() {
    User now = user("alice");
    User earlier =
        new User(
            now.username(),
            now.firstName(),
            now.lastName(),
            now.state(),
            false,
            now.labels(),
            now.revision(),
            CREATED.minusMillis(1),
            CREATED);
    given(invitationOf(organization("org"), earlier));

    assertNotAccepted();
  }

  private static Change invitationOf(Organization organization, User user) {
    return new Change.PutInvitation(
        Invitation.made(
            organization,
            user,
            Revision.NONE,
            Role.MEMBER,
            membership("org", "olivia", Role.OWNER),
            CREATED,
            DAY),
        Optional.empty());
  }

  @Test
  void delete_byTheInvitedUser_isDeclined() {
    Resource invitation = run(invite(Role.OWNER, "olivia"));

    assertThat(run(delete("alice"))).isEqualTo(invitation);

    assertNotAccepted();
    assertThat(error(delete("alice"))).isInstanceOf(InvitationNotFound.class);
  }

  @Test
  void delete_byOneWhoMayNotInvite_isRefusedWhetherThereIsOneOrNot() {
    given(new Change.Create(user("bob")));

    assertThat(error(delete("bob"))).isInstanceOf(RoleRequired.class);
    run(invite(Role.MEMBER, "olivia"));
    assertThat(error(delete("bob"))).isInstanceOf(RoleRequired.class);
    assertThat(listed().invitations()).hasSize(1);
  }

  @Test
  void run_repeated_isTheFirstOutcome() {
    Resource invited = repeated(invite(Role.MEMBER, "olivia"), "invite");
    assertThat(repeated(invite(Role.MEMBER, "olivia"), "invite")).isEqualTo(invited);
    InvitationRequest accept = accept();
    RequestIdentity identity = new RequestIdentity(otherId(), "accept");

    Resource first = repeated(accept, identity);

    assertThat(repeated(accept, identity)).isEqualTo(first);
  }

  private static RequestId otherId() {
    return RequestId.of("123e4567-e89b-12d3-a456-426614174001");
  }

  private Resource repeated(InvitationRequest request, String fingerprint) {
    return repeated(request, identity(fingerprint));
  }

  private Resource repeated(InvitationRequest request, RequestIdentity identity) {
    return bounded(invitations.run(request, Optional.of(identity), Optional.of(CALLER), scope()))
        .getFirst();
  }

  @Test
  void accept_changedAfterItWasRead_isDecidedAnew() {
    run(invite(Role.OWNER, "olivia"));
    Invitation seen = truth.find(KEY, scope()).join().orElseThrow();
    run(invite(Role.MEMBER, "olivia"));

    Invitations behind = invitations(new Behind(Optional.of(seen), 1));

    assertThat(bounded(behind.run(accept(), Optional.empty(), Optional.empty(), scope())))
        .containsExactly(membership("org", "alice", Role.MEMBER));
  }

  @Test
  void accept_alwaysChangedAfterItWasRead_isThrottled() {
    run(invite(Role.OWNER, "olivia"));
    Invitation seen = truth.find(KEY, scope()).join().orElseThrow();
    run(invite(Role.MEMBER, "olivia"));

    Invitations behind = invitations(new Behind(Optional.of(seen), 1000));

    assertThat(
            error(
                catchThrowable(() ->
                    bounded(behind.run(accept(), Optional.empty(), Optional.empty(), scope())))))
        .isInstanceOf(StoreThrottled.class);
    assertThat(found(KEY)).isEmpty();
  }

  /** Shows an earlier invitation for some reads. */
  private final class Behind implements InvitationStore {

    private final Optional<Invitation> earlier;
    private int reads;

    Behind(Optional<Invitation> earlier, int reads) {
      this.earlier = earlier;
      this.reads = reads;
    }

    @Override
    public CompletableFuture<Optional<Invitation>> find(MembershipKey key, CallScope scope) {
      return reads-- > 0 ? CompletableFuture.completedFuture(earlier) : truth.find(key, scope);
    }

    @Override
    public CompletableFuture<InvitationPage> list(
        InvitationQuery query, Instant created, Instant now, CallScope scope) {
      return truth.list(query, created, now, scope);
    }
  }

  @Test
  void list_ofNobody_isNotFound() {
    InvitationQuery query = new InvitationQuery.OfUser(username("nobody"), Optional.empty(), 9);

    assertThat(error(catchThrowable(() -> bounded(invitations.list(query, scope())))))
        .isInstanceOf(UserNotFound.class);
  }

  private InvitationPage listed() {
    return bounded(
        invitations.list(
            new InvitationQuery.OfUser(username("alice"), Optional.empty(), 9), scope()));
  }

  private static InvitationRequest invite(Role role, String by) {
    return new InvitationRequest.Invite(KEY, role, username(by), DAY);
  }

  private static InvitationRequest accept() {
    return new InvitationRequest.Accept(KEY);
  }

  private static InvitationRequest delete(String by) {
    return new InvitationRequest.Delete(KEY, username(by));
  }

  private void assertNotAccepted() {
    assertThat(error(accept()))
        .isEqualTo(new InvitationNotFound(KEY.organization(), KEY.username()));
    assertThat(found(KEY)).isEmpty();
  }

  private Resource run(InvitationRequest request) {
    return bounded(invitations.run(request, Optional.empty(), Optional.of(CALLER), scope()))
        .getFirst();
  }

  private AccountError error(InvitationRequest request) {
    return error(catchThrowable(() -> run(request)));
  }
}
