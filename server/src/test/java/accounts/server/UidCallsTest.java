package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccessReason;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.CheckAccessRequest;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.Role;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.User;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tells who had a name from who has it now, from a caller's side. */
@Timeout(120)
final class UidCallsTest {

  @AutoClose private static final TestBackends backends = new TestBackends();

  /** A name is free again a second after its deletion. */
  @AutoClose
  private static final TestService service =
      backends.start(Map.of("ACCOUNTS_DELETED_RETENTION", "1s"));

  @AutoClose private static final TestService other = backends.start();

  private final String owner = service.newUser();
  private final String organization = service.newOrganization(owner);

  private static User replaced(User user) {
    service
        .stub()
        .deleteUser(DeleteUserRequest.newBuilder().setUsername(user.getUsername()).build());
    return onceFree(() -> service.createUser(user.getUsername()), User.getDefaultInstance());
  }

  private static <T> T onceFree(Supplier<T> creation, T none) {
    return Eventually.get(
        () -> {
          try {
            return creation.get();
          } catch (StatusRuntimeException reserved) {
            return none;
          }
        },
        created -> !created.equals(none));
  }

  @Test
  void getUser_createdAnew_hasAnotherUidAndTheOldOneIsRefused() {
    User first = service.getUser(service.newUser()).getUser();
    User second = replaced(first);
    GetUserRequest.Builder get = GetUserRequest.newBuilder().setUsername(first.getUsername());

    assertThat(second.getUid()).isNotEqualTo(first.getUid());
    assertThat(other.stub().getUser(get.setExpectedUid(second.getUid()).build()).getUser())
        .isEqualTo(second);
    Refused refused =
        Refused.by(() -> other.stub().getUser(get.setExpectedUid(first.getUid()).build()));
    assertThat(refused.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused.reason()).isEqualTo("UID_MISMATCH");
    assertThat(refused.metadata())
        .isEqualTo(
            Map.of(
                "username", first.getUsername(),
                "expected_uid", first.getUid(),
                "uid", second.getUid(),
                "revision", Long.toString(second.getRevision())));
  }

  @Test
  void undeleteUser_any_keepsTheUid() {
    User user = service.getUser(service.newUser()).getUser();
    other.stub().deleteUser(DeleteUserRequest.newBuilder().setUsername(user.getUsername()).build());
    User restored =
        other
            .stub()
            .undeleteUser(UndeleteUserRequest.newBuilder().setUsername(user.getUsername()).build())
            .getUser();

    assertThat(restored.getUid()).isEqualTo(user.getUid());
  }

  @Test
  void checkAccess_anotherUserWithTheName_isRefused() {
    User first = service.getUser(service.newUser()).getUser();
    User second = replaced(first);
    service.add(organization, first.getUsername(), Role.ROLE_MEMBER, owner);
    CheckAccessRequest.Builder check =
        CheckAccessRequest.newBuilder()
            .setOrganizationName(organization)
            .setUsername(first.getUsername())
            .setRequiredRole(Role.ROLE_MEMBER);

    assertThat(other.stub().checkAccess(check.setUserUid(second.getUid()).build()).getAllowed())
        .isTrue();
    assertThat(other.stub().checkAccess(check.setUserUid(first.getUid()).build()).getReason())
        .isEqualTo(AccessReason.ACCESS_REASON_OTHER_USER);
  }

  @Test
  void checkAccess_anotherOrganizationWithTheName_isRefused() {
    Organization first = organization();
    service
        .stub()
        .deleteOrganization(
            DeleteOrganizationRequest.newBuilder()
                .setOrganizationName(organization)
                .setDeletingUser(owner)
                .setForce(true)
                .build());
    Organization second =
        onceFree(
            () -> service.createOrganization(organization, owner).getOrganization(),
            Organization.getDefaultInstance());
    CheckAccessRequest.Builder check =
        CheckAccessRequest.newBuilder()
            .setOrganizationName(organization)
            .setUsername(owner)
            .setRequiredRole(Role.ROLE_OWNER);

    assertThat(second.getUid()).isNotEqualTo(first.getUid());
    assertThat(other.stub().checkAccess(check.setOrganizationUid(second.getUid()).build()))
        .matches(answer -> answer.getAllowed());
    assertThat(
            other.stub().checkAccess(check.setOrganizationUid(first.getUid()).build()).getReason())
        .isEqualTo(AccessReason.ACCESS_REASON_OTHER_ORGANIZATION);
    assertThat(
            other
                .stub()
                .batchCheckAccess(
                    BatchCheckAccessRequest.newBuilder()
                        .addChecks(
                            accounts.v1.AccessCheck.newBuilder()
                                .setOrganizationName(organization)
                                .setUsername(owner)
                                .setRequiredRole(Role.ROLE_MEMBER)
                                .setOrganizationUid(first.getUid()))
                        .build())
                .getResults(0)
                .getReason())
        .isEqualTo(AccessReason.ACCESS_REASON_OTHER_ORGANIZATION);
  }

  private Organization organization() {
    return service
        .stub()
        .getOrganization(
            GetOrganizationRequest.newBuilder().setOrganizationName(organization).build())
        .getOrganization();
  }

  @Test
  void getMembership_addedAgain_hasAnotherUidInEveryAnswer() {
    String member = service.newUser();
    Membership first = service.add(organization, member, Role.ROLE_MEMBER, owner);
    service
        .stub()
        .removeUserFromOrganization(
            RemoveUserFromOrganizationRequest.newBuilder()
                .setOrganizationName(organization)
                .setUsername(member)
                .setActingUser(owner)
                .build());
    Membership second = other.add(organization, member, Role.ROLE_MEMBER, owner);
    GetMembershipRequest.Builder get =
        GetMembershipRequest.newBuilder().setOrganizationName(organization).setUsername(member);

    assertThat(second.getUid()).isNotEqualTo(first.getUid());
    assertThat(service.stub().getMembership(get.build()).getMembership()).isEqualTo(second);
    assertThat(
            service
                .stub()
                .listOrganizationMembers(
                    ListOrganizationMembersRequest.newBuilder()
                        .setOrganizationName(organization)
                        .build())
                .getMembershipsList())
        .contains(second);
    assertThat(
            service
                .stub()
                .listUserMemberships(
                    ListUserMembershipsRequest.newBuilder().setUsername(member).build())
                .getMembershipsList())
        .containsExactly(second);
    assertThat(
            Refused.by(
                    () -> service.stub().getMembership(get.setExpectedUid(first.getUid()).build()))
                .reason())
        .isEqualTo("UID_MISMATCH");
  }

  @Test
  void getUser_malformedUid_isNamed() {
    Refused refused =
        Refused.by(() ->
            service
                .stub()
                .getUser(
                    GetUserRequest.newBuilder().setUsername(owner).setExpectedUid("7").build()));

    assertThat(refused.reason()).isEqualTo("INVALID_FIELD");
    assertThat(refused.metadata()).containsEntry("fields", "expected_uid");
  }
}
