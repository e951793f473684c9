package accounts.grpc;

import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Invitation;
import accounts.domain.OrganizationName;
import accounts.domain.Username;
import accounts.grpc.Fields.Field;
import accounts.service.InvitationRequest;
import accounts.service.RequestIdentity;
import accounts.store.InvitationQuery;
import accounts.v1.AcceptInvitationRequest;
import accounts.v1.DeleteInvitationRequest;
import accounts.v1.InviteUserRequest;
import accounts.v1.ListInvitationsRequest;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Parses requests about invitations. Every method throws {@link accounts.domain.AccountException}
 * naming all faults.
 */
final class InvitationRequests {

  private static final Duration LEAST_LIFETIME = Duration.ofSeconds(1);

  /** Of a {@code google.protobuf.Duration}. */
  private static final int MAX_NANOS = 999_999_999;

  private InvitationRequests() {}

  /**
   * A parsed request for a change of an invitation.
   *
   * @param identity by which retries of the request are recognized; empty if it has no id
   */
  record RequestedInvitation(InvitationRequest invitation, Optional<RequestIdentity> identity) {}

  /**
   * A parsed request for a page of invitations.
   *
   * @param identity the request without its token and page size, which the next token is bound to
   */
  record RequestedInvitations(InvitationQuery query, Message identity) {}

  static RequestedInvitation parse(InviteUserRequest request) {
    Fields fields = new Fields();
    var key =
        QueryRequests.membershipKey(
            fields, "", request.getOrganizationName(), request.getUsername());
    var role = fields.role("role", request.getRole(), request.getRoleValue());
    var actingUser = fields.username("acting_user", request.getActingUser());
    var lifetime = lifetime(fields, request);
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        new RequestedInvitation(
            new InvitationRequest.Invite(key.get(), role.get(), actingUser.get(), lifetime.get()),
            MutationRequests.identity(requestId, request.toBuilder().clearRequestId().build())));
  }

  private static Field<Duration> lifetime(Fields fields, InviteUserRequest request) {
    if (!request.hasTimeToLive()) {
      return Field.of(Invitation.DEFAULT_LIFETIME);
    }
    com.google.protobuf.Duration given = request.getTimeToLive();
    if (given.getNanos() >= 0 && given.getNanos() <= MAX_NANOS) {
      Duration lifetime = Duration.ofSeconds(given.getSeconds(), given.getNanos());
      if (lifetime.compareTo(LEAST_LIFETIME) >= 0
          && lifetime.compareTo(Invitation.LONGEST_LIFETIME) <= 0) {
        return Field.of(lifetime);
      }
    }
    return fields.fault(
        "time_to_live",
        "%d s and %d ns".formatted(given.getSeconds(), given.getNanos()),
        LEAST_LIFETIME.toSeconds() + "-" + Invitation.LONGEST_LIFETIME.toSeconds() + " s");
  }

  static RequestedInvitation parse(AcceptInvitationRequest request) {
    Fields fields = new Fields();
    var organization = fields.organization("organization_name", request.getOrganizationName());
    var actingUser = fields.username("acting_user", request.getActingUser());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        new RequestedInvitation(
            new InvitationRequest.Accept(
                new MembershipKey(organization.get().slug(), actingUser.get())),
            MutationRequests.identity(requestId, request.toBuilder().clearRequestId().build())));
  }

  static RequestedInvitation parse(DeleteInvitationRequest request) {
    Fields fields = new Fields();
    var key =
        QueryRequests.membershipKey(
            fields, "", request.getOrganizationName(), request.getUsername());
    var actingUser = fields.username("acting_user", request.getActingUser());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        new RequestedInvitation(
            new InvitationRequest.Delete(key.get(), actingUser.get()),
            MutationRequests.identity(requestId, request.toBuilder().clearRequestId().build())));
  }

  static RequestedInvitations parse(ListInvitationsRequest request) {
    Fields fields = new Fields();
    Message identity = request.toBuilder().clearPageToken().clearPageSize().build();
    var limit = QueryRequests.pageSize(fields, request.getPageSize());
    InvitationQuery query =
        switch (request.getSubjectCase()) {
          case USERNAME -> ofUser(fields, request, identity, limit);
          case ORGANIZATION_NAME -> ofOrganization(fields, request, identity, limit);
          case SUBJECT_NOT_SET -> ofNothing(fields, request, identity);
        };
    return new RequestedInvitations(query, identity);
  }

  private static InvitationQuery ofUser(
      Fields fields, ListInvitationsRequest request, Message identity, Field<Integer> limit) {
    var username = fields.username("username", request.getUsername());
    var after = after(fields, request, identity, OrganizationName::new);
    return fields.checked(
        () -> new InvitationQuery.OfUser(username.get(), after.get(), limit.get()));
  }

  private static InvitationQuery ofOrganization(
      Fields fields, ListInvitationsRequest request, Message identity, Field<Integer> limit) {
    var name = fields.organization("organization_name", request.getOrganizationName());
    var after = after(fields, request, identity, Username::new);
    return fields.checked(
        () -> new InvitationQuery.OfOrganization(name.get().slug(), after.get(), limit.get()));
  }

  /** Says what else is wrong, too. */
  private static InvitationQuery ofNothing(
      Fields fields, ListInvitationsRequest request, Message identity) {
    var unused = after(fields, request, identity, Function.identity());
    Field<InvitationQuery> none =
        fields.fault("subject", "not set", "username or organization_name");
    return fields.checked(none::get);
  }

  private static <N> Field<Optional<N>> after(
      Fields fields, ListInvitationsRequest request, Message identity, Function<String, N> name) {
    return fields.read(
        "page_token", request.getPageToken(), token -> PageToken.read(token, identity, name));
  }
}
