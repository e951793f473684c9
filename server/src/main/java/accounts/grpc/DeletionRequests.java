package accounts.grpc;

import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Username;
import accounts.grpc.Fields.Field;
import accounts.service.DeletionRequest;
import accounts.service.RequestIdentity;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.PurgeUserRequest;
import accounts.v1.UndeleteOrganizationRequest;
import accounts.v1.UndeleteUserRequest;
import java.util.Optional;

/**
 * Parses requests to delete and to restore. Every method throws {@link
 * accounts.domain.AccountException} naming all faults.
 */
final class DeletionRequests {

  private DeletionRequests() {}

  /**
   * A parsed request for a deletion.
   *
   * @param identity by which retries of the request are recognized; empty if it has no id
   */
  record RequestedDeletion(DeletionRequest deletion, Optional<RequestIdentity> identity) {}

  /**
   * A parsed request for a restoration.
   *
   * @param owner the first owner of an organization; empty for a user
   * @param identity as in {@link RequestedDeletion}
   */
  record RequestedRestoration(
      AccountKey<?> key, Optional<Username> owner, Optional<RequestIdentity> identity) {}

  /**
   * A parsed request for an erasure.
   *
   * @param identity as in {@link RequestedDeletion}
   */
  record RequestedPurge(Username username, Optional<RequestIdentity> identity) {}

  static RequestedDeletion parse(DeleteUserRequest request) {
    Fields fields = new Fields();
    var username = fields.username("username", request.getUsername());
    var expected = fields.revision("expected_revision", request.getExpectedRevision());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        new RequestedDeletion(
            new DeletionRequest(
                new UserKey(username.get()), Optional.empty(), request.getForce(), expected.get()),
            MutationRequests.identity(requestId, request.toBuilder().clearRequestId().build())));
  }

  static RequestedDeletion parse(DeleteOrganizationRequest request) {
    Fields fields = new Fields();
    var organization = fields.organization("organization_name", request.getOrganizationName());
    var deletingUser = usernameIfSet(fields, request.getDeletingUser());
    var expected = fields.revision("expected_revision", request.getExpectedRevision());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        new RequestedDeletion(
            new DeletionRequest(
                new OrganizationKey(organization.get().slug()),
                deletingUser.get(),
                request.getForce(),
                expected.get()),
            MutationRequests.identity(requestId, request.toBuilder().clearRequestId().build())));
  }

  private static Field<Optional<Username>> usernameIfSet(Fields fields, String value) {
    return value.isEmpty()
        ? Field.of(Optional.empty())
        : fields.username("deleting_user", value).map(Optional::of);
  }

  static RequestedRestoration parse(UndeleteUserRequest request) {
    Fields fields = new Fields();
    var username = fields.username("username", request.getUsername());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        new RequestedRestoration(
            new UserKey(username.get()),
            Optional.empty(),
            MutationRequests.identity(requestId, request.toBuilder().clearRequestId().build())));
  }

  static RequestedPurge parse(PurgeUserRequest request) {
    Fields fields = new Fields();
    var username = fields.username("username", request.getUsername());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        new RequestedPurge(
            username.get(),
            MutationRequests.identity(requestId, request.toBuilder().clearRequestId().build())));
  }

  static RequestedRestoration parse(UndeleteOrganizationRequest request) {
    Fields fields = new Fields();
    var organization = fields.organization("organization_name", request.getOrganizationName());
    var owner = fields.username("owner", request.getOwner());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        new RequestedRestoration(
            new OrganizationKey(organization.get().slug()),
            Optional.of(owner.get()),
            MutationRequests.identity(requestId, request.toBuilder().clearRequestId().build())));
  }
}
