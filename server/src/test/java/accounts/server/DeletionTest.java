package accounts.server;

import static accounts.v1.AccessReason.ACCESS_REASON_NOT_A_MEMBER;
import static accounts.v1.AccessReason.ACCESS_REASON_ROLE;
import static accounts.v1.AccessReason.ACCESS_REASON_USER_NOT_FOUND;
import static accounts.v1.OrganizationState.ORGANIZATION_STATE_ACTIVE;
import static accounts.v1.OrganizationState.ORGANIZATION_STATE_DELETED;
import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static accounts.v1.UserState.USER_STATE_DELETED;
import static accounts.v1.UserState.USER_STATE_SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AuditAction;
import accounts.v1.AuditEntry;
import accounts.v1.CheckAccessRequest;
import accounts.v1.CheckAccessResponse;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.Source;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UndeleteOrganizationRequest;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.User;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deleting and restoring users and organizations, from a caller's side, through two instances. */
@Timeout(180)
final class DeletionTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();
  @AutoClose private static final TestService other = backends.start();

  private final String owner = service.newUser();
  private final String organization = service.newOrganization(owner);

  @Test
  void deleteUser_withoutMemberships_isNotFoundThroughEveryInstanceAtOnce() {
    for (int i = 0; i < 5; i++) {
      String user = service.newUser();
      other.getUser(user);

      User deleted = service.stub().deleteUser(deletingUser(user)).getUser();

      assertThat(deleted.getState()).isEqualTo(USER_STATE_DELETED);
      assertThat(deleted.getRevision()).isEqualTo(3);
      assertThat(List.of(service, other))
          .allSatisfy(instance -> assertUserNotFound(instance, user, 3));
    }
  }

  private static void assertUserNotFound(TestService instance, String user, long revision) {
    Refused refused = Refused.by(() -> instance.getUser(user));
    assertThat(refused.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refused.metadata())
        .isEqualTo(Map.of("username", user, "revision", Long.toString(revision)));
  }

  @Test
  void getUser_deletedAtMinRevision_isNotFoundAndBeyondItInvalid() {
    String user = service.newUser();
    service.stub().deleteUser(deletingUser(user));
    GetUserRequest.Builder get = GetUserRequest.newBuilder().setUsername(user);

    assertThat(Refused.by(() -> other.stub().getUser(get.setMinRevision(3).build())).code())
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(Refused.by(() -> other.stub().getUser(get.setMinRevision(4).build())).reason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void deleteUser_asMember_isRefusedWithTheMembershipsAndStaysActive() {
    String member = service.newMember(organization, ROLE_MEMBER, owner);

    Refused refused = Refused.by(() -> service.stub().deleteUser(deletingUser(member)));

    assertThat(refused.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused.reason()).isEqualTo("HAS_MEMBERSHIPS");
    assertThat(refused.metadata()).isEqualTo(Map.of("username", member, "more", "false"));
    assertThat(service.getUser(member).getUser().getRevision()).isEqualTo(1);
  }

  @Test
  void deleteUser_forced_isNoMemberAnywhereAndRefusedAtOnce() {
    String member = service.newMember(organization, ROLE_OWNER, owner);
    List<String> organizations = IntStream.range(0, 20).mapToObj(i -> joined(member)).toList();
    awaitCached(other, organization, member);

    service.stub().deleteUser(deletingUser(member).toBuilder().setForce(true).build());

    assertThat(check(other, organization, member).getReason())
        .isEqualTo(ACCESS_REASON_USER_NOT_FOUND);
    assertThat(organizations)
        .allSatisfy(joined ->
            assertThat(members(other, joined))
                .extracting(Membership::getUsername)
                .containsOnly(owner));
    assertThat(
            Refused.by(() ->
                    other
                        .stub()
                        .listUserMemberships(
                            ListUserMembershipsRequest.newBuilder().setUsername(member).build()))
                .reason())
        .isEqualTo("USER_NOT_FOUND");
    assertThat(TableContents.of(backends).ownerCounts().get(organization)).isEqualTo(1);
  }

  private String joined(String member) {
    String name = service.newOrganization(owner);
    service.add(name, member, ROLE_ADMIN, owner);
    return name;
  }

  @Test
  void deleteUser_lastOwner_isRefusedAlsoIfForcedAndBeforeAnythingIsDone() {
    String member = service.newMember(organization, ROLE_MEMBER, owner);

    Refused refused =
        Refused.by(() ->
            service.stub().deleteUser(deletingUser(owner).toBuilder().setForce(true).build()));

    assertThat(refused.reason()).isEqualTo("LAST_OWNER");
    assertThat(service.getUser(owner).getUser().getRevision()).isEqualTo(1);
    assertThat(members(service, organization))
        .extracting(Membership::getUsername)
        .containsExactlyInAnyOrder(owner, member);
  }

  @Test
  void deleteOrganization_checkOfItsMember_isRefusedThroughEveryInstanceAtOnce() {
    for (int i = 0; i < 5; i++) {
      String ended = service.newOrganization(owner);
      String member = service.newMember(ended, ROLE_ADMIN, owner);
      awaitCached(service, ended, member);
      awaitCached(other, ended, member);

      Organization deleted = delete(ended, owner, true);

      assertThat(deleted.getState()).isEqualTo(ORGANIZATION_STATE_DELETED);
      assertThat(List.of(service, other))
          .allSatisfy(instance -> {
            assertThat(check(instance, ended, member).getAllowed()).isFalse();
            assertThat(check(instance, ended, member).getReason())
                .isEqualTo(ACCESS_REASON_NOT_A_MEMBER);
            assertThat(check(instance, ended, owner).getAllowed()).isFalse();
            assertThat(
                    Refused.by(() ->
                            instance
                                .stub()
                                .getOrganization(
                                    GetOrganizationRequest.newBuilder()
                                        .setOrganizationName(ended)
                                        .build()))
                        .reason())
                .isEqualTo("ORGANIZATION_NOT_FOUND");
          });
    }
  }

  @Test
  void deleteOrganization_onlyItsOwnerLeft_needsNoForce() {
    assertThat(delete(organization, owner, false).getRevision()).isEqualTo(3);
  }

  @Test
  void deleteOrganization_withMembers_isRefusedUnlessForced() {
    String member = service.newMember(organization, ROLE_MEMBER, owner);

    Refused refused = Refused.by(() -> delete(organization, owner, false));

    assertThat(refused.reason()).isEqualTo("HAS_MEMBERSHIPS");
    assertThat(refused.metadata())
        .isEqualTo(Map.of("organization_name", organization, "more", "false"));
    assertThat(check(other, organization, member).getReason()).isEqualTo(ACCESS_REASON_ROLE);
    assertThat(delete(organization, "", true).getRevision()).isEqualTo(3);
  }

  @Test
  void deleteOrganization_fortyMembers_leavesNoneInEitherList() {
    List<String> members =
        IntStream.range(0, 40)
            .mapToObj(i -> service.newMember(organization, ROLE_MEMBER, owner))
            .toList();

    delete(organization, owner, true);

    TableContents contents = TableContents.of(backends);
    assertThat(contents.members()).noneMatch(m -> m.organization().equals(organization));
    assertThat(contents.mirrors()).noneMatch(m -> m.organization().equals(organization));
    assertThat(members)
        .allSatisfy(
            member -> assertThat(other.getUser(member).getUser().getRevision()).isEqualTo(1));
  }

  @Test
  void deleteOrganization_byAdmin_isRefused() {
    String admin = service.newMember(organization, ROLE_ADMIN, owner);

    assertThat(Refused.by(() -> delete(organization, admin, true)).reason())
        .isEqualTo("ROLE_REQUIRED");
  }

  @Test
  void deleteUser_repeatedWithTheRequestId_hasTheFirstOutcomeEvenAfterAnUndeletion() {
    String user = service.newUser();
    DeleteUserRequest request =
        deletingUser(user).toBuilder().setRequestId(UUID.randomUUID().toString()).build();
    User first = service.stub().deleteUser(request).getUser();
    undelete(user);

    assertThat(other.stub().deleteUser(request).getUser()).isEqualTo(first);
    assertThat(other.getUser(user).getUser().getRevision()).isEqualTo(4);
  }

  @Test
  void deleteUser_otherRevision_isRefused() {
    String user = service.newUser();

    assertThat(
            Refused.by(() ->
                    service
                        .stub()
                        .deleteUser(deletingUser(user).toBuilder().setExpectedRevision(2).build()))
                .reason())
        .isEqualTo("REVISION_MISMATCH");
  }

  @Test
  void undeleteUser_suspendedBefore_isAsItWasWithoutMemberships() {
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    service.stub().suspendUser(SuspendUserRequest.newBuilder().setUsername(member).build());
    service.stub().deleteUser(deletingUser(member).toBuilder().setForce(true).build());

    User restored = undelete(member);

    assertThat(restored.getRevision()).isEqualTo(5);
    assertThat(restored.getFirstName()).isEqualTo("Olivia");
    assertThat(restored.getState()).isEqualTo(USER_STATE_SUSPENDED);
    assertThat(other.getUser(member).getUser()).isEqualTo(restored);
    assertThat(check(other, organization, member).getReason())
        .isEqualTo(ACCESS_REASON_NOT_A_MEMBER);
  }

  @Test
  void undeleteUser_notDeleted_isRefused() {
    assertThat(Refused.by(() -> undelete(owner)).reason()).isEqualTo("USER_ALREADY_EXISTS");
    assertThat(Refused.by(() -> undelete(TestService.fresh("nobody"))).reason())
        .isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void undeleteOrganization_deleted_hasItsNewOwner() {
    String heir = service.newUser();
    delete(organization, owner, true);
    UndeleteOrganizationRequest request =
        UndeleteOrganizationRequest.newBuilder()
            .setOrganizationName(organization)
            .setOwner(heir)
            .build();

    var restored = service.stub().undeleteOrganization(request);

    assertThat(restored.getOrganization().getState()).isEqualTo(ORGANIZATION_STATE_ACTIVE);
    assertThat(restored.getOrganization().getRevision()).isEqualTo(4);
    assertThat(restored.getOwnerMembership().getRole()).isEqualTo(ROLE_OWNER);
    assertThat(members(other, organization))
        .extracting(Membership::getUsername)
        .containsExactly(heir);
    assertThat(other.add(organization, owner, ROLE_OWNER, heir).getRevision()).isEqualTo(3);
    assertThat(other.remove(organization, heir, heir).getRevision()).isEqualTo(2);
  }

  @Test
  void createUser_nameOfADeleted_isRefusedWhileItIsReserved() {
    String user = service.newUser();
    service.stub().deleteUser(deletingUser(user));

    assertThat(Refused.by(() -> other.createUser(user)).reason()).isEqualTo("USER_ALREADY_EXISTS");
  }

  @Test
  void createUser_nameThatIsFreeAgain_countsOnAndTheOldOneIsGone() {
    try (TestService shortly = backends.start(Map.of("ACCOUNTS_DELETED_RETENTION", "1s"))) {
      String user = shortly.newUser();
      shortly.stub().deleteUser(deletingUser(user));

      User created = Eventually.get(() -> createdIfFree(shortly, user), u -> u.getRevision() > 0);

      assertThat(created.getRevision()).isEqualTo(4);
      assertThat(other.getUser(user).getUser().getRevision()).isEqualTo(4);
      assertThat(Refused.by(() -> undelete(user)).reason()).isEqualTo("USER_ALREADY_EXISTS");
    }
  }

  private static User createdIfFree(TestService instance, String user) {
    try {
      return instance.createUser(user);
    } catch (StatusRuntimeException reserved) {
      return User.getDefaultInstance();
    }
  }

  @Test
  void addUserToOrganization_deletedUser_isNotFound() {
    String user = service.newUser();
    service.stub().deleteUser(deletingUser(user));

    assertThat(Refused.by(() -> other.add(organization, user, ROLE_MEMBER, owner)).reason())
        .isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void listChanges_deletedAndRestored_hasEachStep() {
    String user = service.newUser();
    service.stub().deleteUser(deletingUser(user));
    undelete(user);

    List<AuditEntry> trail =
        other
            .stub()
            .listChanges(ListChangesRequest.newBuilder().setUsername(user).build())
            .getChangesList();

    assertThat(trail)
        .extracting(AuditEntry::getAction)
        .containsExactly(
            AuditAction.AUDIT_ACTION_CREATED,
            AuditAction.AUDIT_ACTION_UPDATED,
            AuditAction.AUDIT_ACTION_REMOVED,
            AuditAction.AUDIT_ACTION_RESTORED);
    assertThat(trail.get(1).getStateAfter().name()).isEqualTo("USER_STATE_DELETING");
  }

  static DeleteUserRequest deletingUser(String username) {
    return DeleteUserRequest.newBuilder().setUsername(username).build();
  }

  private static Organization delete(String name, String by, boolean force) {
    return service
        .stub()
        .deleteOrganization(
            DeleteOrganizationRequest.newBuilder()
                .setOrganizationName(name)
                .setDeletingUser(by)
                .setForce(force)
                .build())
        .getOrganization();
  }

  private static User undelete(String username) {
    return service
        .stub()
        .undeleteUser(UndeleteUserRequest.newBuilder().setUsername(username).build())
        .getUser();
  }

  private static List<Membership> members(TestService instance, String name) {
    return instance
        .stub()
        .listOrganizationMembers(
            ListOrganizationMembersRequest.newBuilder().setOrganizationName(name).build())
        .getMembershipsList();
  }

  private static CheckAccessResponse check(TestService instance, String name, String user) {
    return instance
        .stub()
        .checkAccess(
            CheckAccessRequest.newBuilder()
                .setOrganizationName(name)
                .setUsername(user)
                .setRequiredRole(ROLE_MEMBER)
                .build());
  }

  /** A busy machine may let a lease lapse, and then the answer is not from the cache. */
  private static void awaitCached(TestService instance, String name, String user) {
    var unused =
        Eventually.get(
            () -> check(instance, name, user), answer -> answer.getSource() == Source.SOURCE_CACHE);
  }
}
