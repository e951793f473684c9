package accounts.grpc;

import accounts.domain.AccountError.InvalidFields;
import accounts.domain.AccountException;
import accounts.domain.FieldFault;
import accounts.v1.AcceptInvitationRequest;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.CheckAccessRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.DeleteInvitationRequest;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.InviteUserRequest;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListEntitiesRequest;
import accounts.v1.ListInvitationsRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListOrganizationsRequest;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.ListUsersRequest;
import accounts.v1.PurgeUserRequest;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.ResumeUserRequest;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UndeleteOrganizationRequest;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.UpdateOrganizationRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.WatchRequest;
import com.google.protobuf.Message;
import java.util.List;

/** The server's own reading of any request of the contract. */
final class OwnParsing {

  private OwnParsing() {}

  /** Returns what is wrong with a request; nothing if it is accepted. */
  static List<FieldFault> faults(Message request) {
    try {
      Object unused = parse(request);
      return List.of();
    } catch (AccountException e) {
      if (e.error() instanceof InvalidFields invalid) {
        return invalid.faults();
      }
      throw e;
    }
  }

  private static Object parse(Message request) {
    return switch (request) {
      case CreateUserRequest r -> MutationRequests.parse(r);
      case UpdateUserRequest r -> MutationRequests.parse(r);
      case SuspendUserRequest r -> MutationRequests.parse(r);
      case ResumeUserRequest r -> MutationRequests.parse(r);
      case DeleteUserRequest r -> DeletionRequests.parse(r);
      case PurgeUserRequest r -> DeletionRequests.parse(r);
      case UndeleteUserRequest r -> DeletionRequests.parse(r);
      case DeleteOrganizationRequest r -> DeletionRequests.parse(r);
      case UndeleteOrganizationRequest r -> DeletionRequests.parse(r);
      case CreateOrganizationRequest r -> MutationRequests.parse(r);
      case UpdateOrganizationRequest r -> MutationRequests.parse(r);
      case AddUserToOrganizationRequest r -> MutationRequests.parse(r);
      case ChangeMemberRoleRequest r -> MutationRequests.parse(r);
      case RemoveUserFromOrganizationRequest r -> MutationRequests.parse(r);
      case GetUserRequest r -> QueryRequests.parse(r);
      case GetOrganizationRequest r -> QueryRequests.parse(r);
      case GetMembershipRequest r -> QueryRequests.parse(r);
      case BatchGetUsersRequest r -> QueryRequests.parse(r);
      case BatchGetMembershipsRequest r -> QueryRequests.parse(r);
      case CheckAccessRequest r -> AccessRequests.parse(r);
      case BatchCheckAccessRequest r -> AccessRequests.parse(r);
      case ListOrganizationMembersRequest r -> QueryRequests.parse(r);
      case ListUserMembershipsRequest r -> QueryRequests.parse(r);
      case InviteUserRequest r -> InvitationRequests.parse(r);
      case AcceptInvitationRequest r -> InvitationRequests.parse(r);
      case DeleteInvitationRequest r -> InvitationRequests.parse(r);
      case ListInvitationsRequest r -> InvitationRequests.parse(r);
      case ListUsersRequest r -> AccountPages.parse(r);
      case ListOrganizationsRequest r -> AccountPages.parse(r);
      case ListEntitiesRequest r -> EntityPages.parse(r);
      case ListChangesRequest r -> AuditRequests.parse(r);
      case WatchRequest r -> WatchRequests.parse(r);
      default -> throw new AssertionError("no parsing of " + request.getClass());
    };
  }
}
