package accounts.grpc;

import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.Username;
import accounts.grpc.Fields.Field;
import accounts.store.AuditQuery;
import accounts.v1.ListChangesRequest;
import com.google.protobuf.Message;
import java.util.Optional;
import java.util.function.Function;

/**
 * Parses requests for a trail. Throws {@link accounts.domain.AccountException} naming all faults.
 */
final class AuditRequests {

  private AuditRequests() {}

  /**
   * A parsed request for a page of a trail.
   *
   * @param identity the request without its token and page size, which the next token is bound to
   */
  record RequestedTrail(AuditQuery query, Message identity) {}

  static RequestedTrail parse(ListChangesRequest request) {
    Fields fields = new Fields();
    Message identity = request.toBuilder().clearPageToken().clearPageSize().build();
    var limit = QueryRequests.pageSize(fields, request.getPageSize());
    AuditQuery query =
        switch (request.getSubjectCase()) {
          case USERNAME -> ofUser(fields, request, identity, limit);
          case ORGANIZATION_NAME -> ofOrganization(fields, request, identity, limit);
          case SUBJECT_NOT_SET -> ofNothing(fields, request, identity);
        };
    return new RequestedTrail(query, identity);
  }

  private static AuditQuery ofUser(
      Fields fields, ListChangesRequest request, Message identity, Field<Integer> limit) {
    var username = fields.username("username", request.getUsername());
    var after = after(fields, request, identity, OrganizationName::new);
    return fields.checked(() ->
        new AuditQuery.OfUser(
            username.get(),
            after
                .get()
                .map(place ->
                    place.position(
                        new UserKey(username.get()),
                        organization -> new MembershipKey(organization, username.get()))),
            limit.get()));
  }

  private static AuditQuery ofOrganization(
      Fields fields, ListChangesRequest request, Message identity, Field<Integer> limit) {
    var name = fields.organization("organization_name", request.getOrganizationName());
    var after = after(fields, request, identity, Username::new);
    return fields.checked(() ->
        new AuditQuery.OfOrganization(
            name.get().slug(),
            after
                .get()
                .map(place ->
                    place.position(
                        new OrganizationKey(name.get().slug()),
                        member -> new MembershipKey(name.get().slug(), member))),
            limit.get()));
  }

  /** Says what else is wrong, too. */
  private static AuditQuery ofNothing(Fields fields, ListChangesRequest request, Message identity) {
    var unused = after(fields, request, identity, Function.identity());
    Field<AuditQuery> none = fields.fault("subject", "not set", "username or organization_name");
    return fields.checked(none::get);
  }

  private static <N> Field<Optional<TrailPlace<N>>> after(
      Fields fields, ListChangesRequest request, Message identity, Function<String, N> name) {
    return fields.read(
        "page_token",
        request.getPageToken(),
        token -> PageToken.read(token, identity, text -> TrailPlace.read(text, name)));
  }
}
