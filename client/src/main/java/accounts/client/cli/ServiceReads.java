package accounts.client.cli;

import accounts.client.AccountsException;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetOrganizationResponse;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListOrganizationMembersResponse;
import accounts.v1.Membership;
import accounts.v1.OrganizationState;
import accounts.v1.Role;
import accounts.v1.User;
import accounts.v1.UserState;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Reads from the service, one call at a time, each repeated while it is refused only for now.
 *
 * @param session of which the connection is used
 * @param repeated how the calls are repeated
 */
record ServiceReads(Session session, RepeatedCall repeated) implements ExportReads {

  private static final int PAGE = 1_000;

  @Override
  public Optional<User> user(String username) throws InterruptedException {
    GetUserRequest request = GetUserRequest.newBuilder().setUsername(username).build();
    return found(AccountServiceGrpc.getGetUserMethod(), request)
        .map(GetUserResponse::getUser)
        .filter(user -> user.getState() != UserState.USER_STATE_DELETING);
  }

  @Override
  public boolean hasOrganization(String name) throws InterruptedException {
    GetOrganizationRequest request =
        GetOrganizationRequest.newBuilder().setOrganizationName(name).build();
    return found(AccountServiceGrpc.getGetOrganizationMethod(), request)
        .map(GetOrganizationResponse::getOrganization)
        .filter(o -> o.getState() != OrganizationState.ORGANIZATION_STATE_DELETING)
        .isPresent();
  }

  @Override
  public Optional<User> owner(String organization) throws InterruptedException {
    if (!hasOrganization(organization)) {
      return Optional.empty();
    }
    String token = "";
    do {
      ListOrganizationMembersResponse page = owners(organization, token);
      for (Membership membership : page.getMembershipsList()) {
        Optional<User> owner = user(membership.getUsername());
        if (owner.isPresent()) {
          return owner;
        }
      }
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return Optional.empty();
  }

  /** Returns a page of them; an empty one if the organization is gone. */
  private ListOrganizationMembersResponse owners(String organization, String token)
      throws InterruptedException {
    ListOrganizationMembersRequest request =
        ListOrganizationMembersRequest.newBuilder()
            .setOrganizationName(organization)
            .setRole(Role.ROLE_OWNER)
            .setPageSize(PAGE)
            .setPageToken(token)
            .build();
    return found(AccountServiceGrpc.getListOrganizationMembersMethod(), request)
        .orElse(ListOrganizationMembersResponse.getDefaultInstance());
  }

  private <Q extends Message, R extends Message> Optional<R> found(
      MethodDescriptor<Q, R> method, Q request) throws InterruptedException {
    try {
      return Optional.of(repeated.run(() -> session.call(method, request)));
    } catch (CompletionException e) {
      if (e.getCause() instanceof AccountsException failure
          && failure.code() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
