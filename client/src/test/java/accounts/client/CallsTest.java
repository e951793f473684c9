package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.client.fake.FakeAccounts;
import accounts.client.fake.FakeServer;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.UpdateUserRequest;
import com.google.protobuf.Message;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the requests and the results of each call. */
final class CallsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @RegisterExtension final FakeServer server = new FakeServer();
  private AccountsClient client;
  private BlockingAccountsClient blocking;

  @BeforeEach
  void connect() {
    client = AccountsClient.builder(server.address()).build();
    blocking = client.blocking();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void getUser_created_isReadWithItsSource() {
    blocking.createUser("olivia", "Olivia", "Park");

    assertThat(blocking.getUser("olivia"))
        .isEqualTo(
            new ReadResult<>(
                new User(
                    "olivia",
                    "Olivia",
                    "Park",
                    1,
                    NOW,
                    NOW,
                    UserState.ACTIVE,
                    FakeAccounts.uid("user/olivia")),
                Source.CACHE,
                Duration.ofMillis(12)));
  }

  @Test
  void updateUser_labels_setsAndRemovesThem() {
    User created =
        blocking.createUser("olivia", "Olivia", "Park", Map.of("plan", "free", "team", "red"));
    assertThat(created.labels()).isEqualTo(Map.of("plan", "free", "team", "red"));

    User updated =
        blocking.updateUser(
            UserUpdate.of("olivia")
                .label("plan", "paid")
                .label("region", "eu")
                .removeLabel("team"));

    assertThat(updated.labels()).isEqualTo(Map.of("plan", "paid", "region", "eu"));
    assertThat(updated.firstName()).isEqualTo("Olivia");
  }

  // A repetition by its request_id, after a restart too, is to be the same request.
  @Test
  void removeLabel_any_keepsTheOrderOfTheKeys() {
    UserUpdate user = UserUpdate.of("olivia");
    OrganizationUpdate organization = OrganizationUpdate.of("olivias-org");
    for (String key : List.of("f", "b", "e", "a", "d", "c", "b")) {
      user = user.removeLabel(key);
      organization = organization.removeLabel(key);
    }

    assertThat(user.removedLabels()).containsExactly("a", "b", "c", "d", "e", "f");
    assertThat(organization.removedLabels()).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void updateOrganization_labels_setsAndRemovesThem() {
    blocking.createUser("olivia", "Olivia", "Park");
    NewOrganization created =
        blocking.createOrganization("Olivia's Org", "olivia", Map.of("plan", "free"));
    assertThat(created.organization().labels()).isEqualTo(Map.of("plan", "free"));

    Organization updated =
        blocking.updateOrganization(
            OrganizationUpdate.of("olivias-org").label("region", "eu").removeLabel("plan"),
            "olivia");

    assertThat(updated.labels()).isEqualTo(Map.of("region", "eu"));
    assertThat(updated.displayName()).isEqualTo("Olivia's Org");
  }

  @Test
  void listUsersAndOrganizations_label_haveThoseThatHaveIt() {
    blocking.createUser("olivia", "Olivia", "Park", Map.of("plan", "free"));
    blocking.createUser("marc", "Marc", "Lee", Map.of("plan", "paid"));
    var unused = blocking.createOrganization("Side", "olivia", Map.of("plan", "free"));

    Label free = new Label("plan", "free");
    assertThat(blocking.listUsers("", free).items())
        .extracting(User::username)
        .containsExactly("olivia");
    assertThat(blocking.listUsers("m", free).items()).isEmpty();
    assertThat(blocking.listOrganizations("", free).items())
        .extracting(Organization::organizationName)
        .containsExactly("side");
  }

  // Such an instance lists all, who would be taken for those that have the label.
  @Test
  void listUsersAndOrganizations_labelByAVersionBeforeLabels_fails() {
    blocking.createUser("olivia", "Olivia", "Park", Map.of("plan", "paid"));
    var unused = blocking.createOrganization("Side", "olivia", Map.of("plan", "paid"));
    server.accounts().forgetLabelsOfLists();

    Label free = new Label("plan", "free");
    for (ThrowingCallable list :
        List.<ThrowingCallable>of(
            () -> blocking.listUsers("", free), () -> blocking.listOrganizations("", free))) {
      assertThatThrownBy(list)
          .isInstanceOfSatisfying(
              AccountsException.class,
              failure -> assertThat(failure.code()).isEqualTo(Status.Code.UNIMPLEMENTED))
          .hasMessageContaining("plan=free");
    }
    assertThat(blocking.listUsers("", new Label("plan", "paid")).items()).hasSize(1);
  }

  // A field that is empty is one that is not set: the labels would change, and the name would not.
  @Test
  void updateOrganization_emptyDisplayName_isInvalid() {
    OrganizationUpdate update =
        OrganizationUpdate.of("olivias-org").displayName("").label("plan", "paid");

    assertThatThrownBy(() -> blocking.updateOrganization(update, "olivia"))
        .isInstanceOfSatisfying(
            AccountsException.InvalidArgument.class,
            failure ->
                assertThat(failure.violations())
                    .extracting(AccountsException.FieldViolation::field)
                    .containsExactly("display_name"));
  }

  @Test
  void updateOrganization_displayName_leavesTheLabels() {
    blocking.createUser("olivia", "Olivia", "Park");
    var unused = blocking.createOrganization("Olivia's Org", "olivia", Map.of("plan", "free"));

    assertThat(blocking.updateOrganization("olivias-org", "New", "olivia").labels())
        .isEqualTo(Map.of("plan", "free"));
  }

  @Test
  void getUser_withOptions_sendsThem() {
    client.findUser("olivia", Consistency.STORE, ReadOption.minRevision(7)).join();

    GetUserRequest request = (GetUserRequest) lastRequest();
    assertThat(request.getConsistency()).isEqualTo(accounts.v1.Consistency.CONSISTENCY_STORE);
    assertThat(request.getMinRevision()).isEqualTo(7);
  }

  @Test
  void findUser_absent_isEmpty() {
    assertThat(blocking.findUser("nobody")).isEmpty();
  }

  @Test
  void findMembership_present_isReturned() {
    organization();

    assertThat(blocking.findMembership("Olivia's Org", "olivia").map(Membership::role))
        .contains(Role.OWNER);
  }

  @Test
  void findOrganization_absent_isEmpty() {
    assertThat(blocking.findOrganization("nothing")).isEmpty();
  }

  @Test
  void createOrganization_new_returnsTheOrganizationAndItsFounder() {
    NewOrganization created = organization();

    assertThat(created.organization())
        .isEqualTo(
            new Organization(
                "olivias-org",
                "Olivia's Org",
                "olivia",
                1,
                NOW,
                NOW,
                FakeAccounts.uid("organization/olivias-org"),
                OrganizationState.ACTIVE));
    assertThat(created.founderMembership().role()).isEqualTo(Role.OWNER);
  }

  @Test
  void getOrganization_created_isRead() {
    organization();

    assertThat(blocking.getOrganization("olivias-org").source()).isEqualTo(Source.NEAR_CACHE);
  }

  @Test
  void getMembership_added_isRead() {
    organization();
    blocking.addUserToOrganization("olivias-org", "marc", Role.ADMIN, "olivia");

    assertThat(blocking.getMembership("olivias-org", "marc").value().role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void batchGetUsers_oneAbsent_answersInOrder() {
    User olivia = blocking.createUser("olivia", "Olivia", "Park");

    assertThat(blocking.batchGetUsers(List.of("nobody", "olivia")).value())
        .containsExactly(
            new Lookup<>("nobody", Optional.empty(), 0),
            new Lookup<>("olivia", Optional.of(olivia), 1));
  }

  @Test
  void batchGetMemberships_oneRemoved_hasTheRemovalsRevision() {
    organization();
    blocking.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");
    blocking.removeUserFromOrganization("olivias-org", "marc", "olivia");
    MembershipKey marc = new MembershipKey("olivias-org", "marc");

    assertThat(blocking.batchGetMemberships(List.of(marc)).value())
        .containsExactly(new Lookup<>(marc, Optional.empty(), 2));
  }

  @Test
  void updateOrganization_otherName_keepsTheSlug() {
    organization();

    Organization renamed =
        blocking.updateOrganization(
            "Olivia's Org", "オリビアの会", "olivia", ChangeOption.expectedRevision(1));

    assertThat(renamed.organizationName()).isEqualTo("olivias-org");
    assertThat(renamed.displayName()).isEqualTo("オリビアの会");
    assertThat(renamed.revision()).isEqualTo(2);
    assertThat(blocking.getOrganization("olivias-org").value()).isEqualTo(renamed);
  }

  @Test
  void checkAccess_memberWithALowerRole_isRefusedWithItsRole() {
    organization();
    blocking.createUser("marc", "Marc", "Lee");
    blocking.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");

    ReadResult<AccessDecision> answer = blocking.checkAccess("olivias-org", "marc", Role.ADMIN);

    assertThat(answer.value())
        .isEqualTo(
            new AccessDecision(false, AccessReason.ROLE_TOO_LOW, Optional.of(Role.MEMBER), 1, 1));
    assertThat(answer.source()).isEqualTo(Source.CACHE);
  }

  @Test
  void suspendUser_member_isRefusedUntilItIsResumed() {
    organization();
    blocking.createUser("marc", "Marc", "Lee");
    blocking.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");

    User suspended = blocking.suspendUser("marc", ChangeOption.expectedRevision(1));
    AccessDecision refused = blocking.checkAccess("olivias-org", "marc", Role.MEMBER).value();
    User resumed = blocking.resumeUser("marc");

    assertThat(suspended.state()).isEqualTo(UserState.SUSPENDED);
    assertThat(refused)
        .isEqualTo(
            new AccessDecision(false, AccessReason.USER_SUSPENDED, Optional.of(Role.MEMBER), 1, 2));
    assertThat(resumed.state()).isEqualTo(UserState.ACTIVE);
    assertThat(resumed.revision()).isEqualTo(3);
  }

  @Test
  void deleteUser_member_isRefusedUntilItsMembershipsGoWithItAndCanBeUndone() {
    organization();
    blocking.createUser("marc", "Marc", "Lee");
    blocking.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");

    assertThatThrownBy(() -> blocking.deleteUser("marc"))
        .isInstanceOfSatisfying(
            AccountsException.class,
            e -> assertThat(e.reason()).isEqualTo(ErrorReason.HAS_MEMBERSHIPS));
    User deleted = blocking.deleteUserAndMemberships("marc", ChangeOption.expectedRevision(1));

    assertThat(deleted.state()).isEqualTo(UserState.DELETED);
    assertThat(blocking.findUser("marc")).isEmpty();
    assertThat(blocking.undeleteUser("marc").state()).isEqualTo(UserState.ACTIVE);
  }

  @Test
  void inviteUser_accepted_isAMemberAndNoLongerInvited() {
    organization();
    blocking.createUser("marc", "Marc", "Lee");

    Invitation invitation = blocking.inviteUser("Olivia's Org", "marc", Role.ADMIN, "olivia");

    assertThat(invitation.invitingUser()).isEqualTo("olivia");
    assertThat(Duration.between(invitation.createTime(), invitation.expireTime()))
        .isEqualTo(Duration.ofDays(14));
    assertThat(blocking.listUserInvitations("marc").items()).containsExactly(invitation);
    assertThat(blocking.acceptInvitation("olivias-org", "marc").role()).isEqualTo(Role.ADMIN);
    assertThat(blocking.listUserInvitations("marc").items()).isEmpty();
    assertThat(blocking.listUserChanges("marc").items().get(1).invitingUser()).contains("olivia");
  }

  @Test
  void deleteInvitation_invited_cannotBeAccepted() {
    organization();
    blocking.createUser("marc", "Marc", "Lee");
    Duration day = Duration.ofDays(1);
    Invitation invitation = blocking.inviteUser("olivias-org", "marc", Role.MEMBER, "olivia", day);
    assertThat(blocking.listOrganizationInvitations("olivias-org").items())
        .containsExactly(invitation);

    assertThat(blocking.deleteInvitation("olivias-org", "marc", "olivia")).isEqualTo(invitation);

    assertThat(invitation.expireTime()).isEqualTo(invitation.createTime().plus(day));
    assertThatThrownBy(() -> blocking.acceptInvitation("olivias-org", "marc"))
        .isInstanceOfSatisfying(
            AccountsException.NotFound.class,
            e -> assertThat(e.reason()).isEqualTo(ErrorReason.INVITATION_NOT_FOUND));
  }

  @Test
  void purgeUser_deleted_cannotBeRestored() {
    blocking.createUser("marc", "Marc", "Lee");
    assertThatThrownBy(() -> blocking.purgeUser("marc"))
        .isInstanceOfSatisfying(
            AccountsException.class,
            e -> assertThat(e.reason()).isEqualTo(ErrorReason.NOT_DELETED));
    blocking.deleteUser("marc");

    blocking.purgeUser("marc");

    assertThatThrownBy(() -> blocking.undeleteUser("marc"))
        .isInstanceOf(AccountsException.NotFound.class);
  }

  @Test
  void deleteOrganization_withMembers_isRefusedUntilTheyGoWithItAndCanBeUndone() {
    organization();
    blocking.createUser("marc", "Marc", "Lee");
    blocking.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");

    assertThatThrownBy(() -> blocking.deleteOrganization("olivias-org", "olivia"))
        .isInstanceOf(AccountsException.class);
    Organization deleted = blocking.deleteOrganizationAndMemberships("olivias-org", "");
    RestoredOrganization restored = blocking.undeleteOrganization("olivias-org", "marc");

    assertThat(deleted.revision()).isEqualTo(3);
    assertThat(restored.organization().revision()).isEqualTo(4);
    assertThat(restored.ownerMembership().role()).isEqualTo(Role.OWNER);
    assertThat(blocking.deleteOrganization("olivias-org", "marc").revision()).isEqualTo(6);
  }

  @Test
  void batchCheckAccess_allowedAndRemoved_answersInOrder() {
    organization();
    blocking.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");
    blocking.removeUserFromOrganization("olivias-org", "marc", "olivia");

    assertThat(
            blocking
                .batchCheckAccess(
                    List.of(
                        new AccessCheck("olivias-org", "marc", Role.MEMBER),
                        new AccessCheck("Olivia's Org", "olivia", Role.ADMIN)))
                .value())
        .containsExactly(
            new AccessDecision(false, AccessReason.NOT_A_MEMBER, Optional.empty(), 2, 0),
            new AccessDecision(true, AccessReason.ROLE, Optional.of(Role.OWNER), 1, 1));
  }

  @Test
  void checkAccess_unknownRole_isSentAsOneThatTheServiceRefuses() {
    blocking.checkAccess("olivias-org", "marc", Role.UNKNOWN);

    assertThat(server.script().seen())
        .last()
        .extracting(
            seen -> ((accounts.v1.CheckAccessRequest) seen.request()).getRequiredRoleValue())
        .isEqualTo(-1);
  }

  @Test
  void updateUser_oneName_sendsAMaskOfIt() {
    blocking.createUser("olivia", "Olivia", "Park");

    User updated =
        blocking.updateUser(
            UserUpdate.of("olivia").firstName("Liv"), ChangeOption.expectedRevision(1));

    assertThat(updated.firstName() + " " + updated.lastName()).isEqualTo("Liv Park");
    UpdateUserRequest request = (UpdateUserRequest) lastRequest();
    assertThat(request.getUpdateMask().getPathsList()).containsExactly("first_name");
    assertThat(request.getExpectedRevision()).isEqualTo(1);
  }

  @Test
  void changeMemberRole_otherRevision_hasTheCurrentOne() {
    organization();

    assertThatThrownBy(() ->
            blocking.changeMemberRole(
                "olivias-org", "olivia", Role.ADMIN, "olivia", ChangeOption.expectedRevision(9)))
        .isInstanceOfSatisfying(
            AccountsException.RevisionMismatch.class, e -> assertThat(e.revision()).isEqualTo(1));
  }

  @Test
  void changeMemberRole_unknownRole_isRefused() {
    organization();

    client.changeMemberRole("olivias-org", "olivia", Role.UNKNOWN, "olivia").join();

    assertThat(((ChangeMemberRoleRequest) lastRequest()).getRoleValue()).isEqualTo(-1);
  }

  @Test
  void getMembership_newerRole_isUnknown() {
    organization();
    blocking.changeMemberRole("olivias-org", "olivia", Role.UNKNOWN, "olivia");

    assertThat(blocking.getMembership("olivias-org", "olivia").value().role())
        .isEqualTo(Role.UNKNOWN);
  }

  @Test
  void listOrganizationMembers_ofOneRole_isFiltered() {
    organization();
    blocking.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");

    assertThat(blocking.listOrganizationMembers("olivias-org", Role.OWNER).items())
        .extracting(Membership::username)
        .containsExactly("olivia");
  }

  @Test
  void page_streamed_readsAllPages() {
    organization();
    members(7);

    assertThat(blocking.listOrganizationMembers("olivias-org", PageOption.size(3)).stream())
        .extracting(Membership::username)
        .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "olivia");
  }

  @Test
  void page_streamedInPart_fetchesNoMoreThanThat() {
    organization();
    members(7);

    long seen =
        blocking.listOrganizationMembers("olivias-org", PageOption.size(3)).stream()
            .limit(3)
            .count();

    assertThat(seen).isEqualTo(3);
    assertThat(server.script().seen()).filteredOn("method", "ListOrganizationMembers").hasSize(1);
  }

  @Test
  void page_next_asksWithTheSameQuery() {
    organization();
    members(2);

    client
        .listOrganizationMembers("olivias-org", Role.MEMBER, PageOption.size(1))
        .thenCompose(Page::next)
        .join();

    assertThat(lastRequest())
        .isEqualTo(
            ListOrganizationMembersRequest.newBuilder()
                .setOrganizationName("olivias-org")
                .setRole(accounts.v1.Role.ROLE_MEMBER)
                .setPageSize(1)
                .setPageToken("1")
                .build());
  }

  @Test
  void page_fromAToken_startsThere() {
    organization();
    members(2);

    assertThat(blocking.listOrganizationMembers("olivias-org", PageOption.token("1")).items())
        .extracting(Membership::username)
        .containsExactly("m1", "olivia");
  }

  @Test
  void page_last_hasNoNext() {
    organization();

    Page<Membership> page = blocking.listUserMemberships("olivia");

    assertThat(page.nextPageToken()).isEmpty();
    assertThat(page.next())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(NoSuchElementException.class);
  }

  @Test
  void call_ownMessage_getsARequestId() {
    CreateUserRequest request = CreateUserRequest.newBuilder().setUsername("olivia").build();

    client.call(AccountServiceGrpc.getCreateUserMethod(), request, Optional.empty()).join();

    assertThat(((CreateUserRequest) lastRequest()).getRequestId()).hasSize(36);
  }

  private NewOrganization organization() {
    blocking.createUser("olivia", "Olivia", "Park");
    return blocking.createOrganization("Olivia's Org", "olivia");
  }

  private void members(int count) {
    for (int i = 0; i < count; i++) {
      blocking.addUserToOrganization("olivias-org", "m" + i, Role.MEMBER, "olivia");
    }
  }

  private Message lastRequest() {
    var seen = server.script().seen();
    return seen.get(seen.size() - 1).request();
  }
}
