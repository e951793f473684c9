package accounts.client;

import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.PurgeUserRequest;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.ResumeUserRequest;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UndeleteOrganizationRequest;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.UpdateOrganizationRequest;
import accounts.v1.UpdateUserRequest;
import java.util.Map;

/** Builds the requests of writes. */
final class WriteRequests {

  private WriteRequests() {}

  static CreateUserRequest createUser(
      String username,
      String firstName,
      String lastName,
      Map<String, String> labels,
      WriteSettings settings) {
    return CreateUserRequest.newBuilder()
        .setUsername(username)
        .setFirstName(firstName)
        .setLastName(lastName)
        .putAllLabels(labels)
        .setRequestId(settings.requestId())
        .build();
  }

  /**
   * Puts every name that is set into the update mask, so that an empty name is refused and not
   * ignored.
   */
  static UpdateUserRequest updateUser(UserUpdate update, WriteSettings settings) {
    UpdateUserRequest.Builder request =
        UpdateUserRequest.newBuilder()
            .putAllSetLabels(update.newLabels())
            .addAllRemoveLabels(update.removedLabels())
            .setExpectedRevision(settings.expectedRevision())
            .setRequestId(settings.requestId());
    request.getUserBuilder().setUsername(update.username());
    update
        .newFirstName()
        .ifPresent(name -> {
          request.getUserBuilder().setFirstName(name);
          request.getUpdateMaskBuilder().addPaths("first_name");
        });
    update
        .newLastName()
        .ifPresent(name -> {
          request.getUserBuilder().setLastName(name);
          request.getUpdateMaskBuilder().addPaths("last_name");
        });
    return request.build();
  }

  static SuspendUserRequest suspendUser(String username, WriteSettings settings) {
    return SuspendUserRequest.newBuilder()
        .setUsername(username)
        .setExpectedRevision(settings.expectedRevision())
        .setRequestId(settings.requestId())
        .build();
  }

  static ResumeUserRequest resumeUser(String username, WriteSettings settings) {
    return ResumeUserRequest.newBuilder()
        .setUsername(username)
        .setExpectedRevision(settings.expectedRevision())
        .setRequestId(settings.requestId())
        .build();
  }

  static DeleteUserRequest deleteUser(String username, boolean force, WriteSettings settings) {
    return DeleteUserRequest.newBuilder()
        .setUsername(username)
        .setForce(force)
        .setExpectedRevision(settings.expectedRevision())
        .setRequestId(settings.requestId())
        .build();
  }

  static UndeleteUserRequest undeleteUser(String username, WriteSettings settings) {
    return UndeleteUserRequest.newBuilder()
        .setUsername(username)
        .setRequestId(settings.requestId())
        .build();
  }

  static PurgeUserRequest purgeUser(String username, WriteSettings settings) {
    return PurgeUserRequest.newBuilder()
        .setUsername(username)
        .setRequestId(settings.requestId())
        .build();
  }

  static DeleteOrganizationRequest deleteOrganization(
      String organizationName, String deletingUser, boolean force, WriteSettings settings) {
    return DeleteOrganizationRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setDeletingUser(deletingUser)
        .setForce(force)
        .setExpectedRevision(settings.expectedRevision())
        .setRequestId(settings.requestId())
        .build();
  }

  static UndeleteOrganizationRequest undeleteOrganization(
      String organizationName, String owner, WriteSettings settings) {
    return UndeleteOrganizationRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setOwner(owner)
        .setRequestId(settings.requestId())
        .build();
  }

  static CreateOrganizationRequest createOrganization(
      String organizationName,
      String foundingUser,
      Map<String, String> labels,
      WriteSettings settings) {
    return CreateOrganizationRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setFoundingUser(foundingUser)
        .putAllLabels(labels)
        .setRequestId(settings.requestId())
        .build();
  }

  static UpdateOrganizationRequest updateOrganization(
      OrganizationUpdate update, String actingUser, WriteSettings settings) {
    return UpdateOrganizationRequest.newBuilder()
        .setOrganizationName(update.organizationName())
        .setDisplayName(update.newDisplayName().orElse(""))
        .putAllSetLabels(update.newLabels())
        .addAllRemoveLabels(update.removedLabels())
        .setActingUser(actingUser)
        .setExpectedRevision(settings.expectedRevision())
        .setRequestId(settings.requestId())
        .build();
  }

  static AddUserToOrganizationRequest addUserToOrganization(
      String organizationName,
      String username,
      Role role,
      String addingUser,
      WriteSettings settings) {
    return AddUserToOrganizationRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setMemberUsername(username)
        .setRoleValue(Roles.number(role))
        .setAddingUser(addingUser)
        .setRequestId(settings.requestId())
        .build();
  }

  static ChangeMemberRoleRequest changeMemberRole(
      String organizationName,
      String username,
      Role role,
      String actingUser,
      WriteSettings settings) {
    return ChangeMemberRoleRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setUsername(username)
        .setRoleValue(Roles.number(role))
        .setActingUser(actingUser)
        .setExpectedRevision(settings.expectedRevision())
        .setRequestId(settings.requestId())
        .build();
  }

  static RemoveUserFromOrganizationRequest removeUserFromOrganization(
      String organizationName, String username, String actingUser, WriteSettings settings) {
    return RemoveUserFromOrganizationRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setUsername(username)
        .setActingUser(actingUser)
        .setExpectedRevision(settings.expectedRevision())
        .setRequestId(settings.requestId())
        .build();
  }
}
