package accounts.grpc;

import accounts.grpc.Fields.Field;
import accounts.v1.WatchRequest;
import accounts.watch.WatchSubject;
import com.google.protobuf.Message;
import java.util.Optional;

/**
 * Parses requests for a watch. Throws {@link accounts.domain.AccountException} naming all faults.
 */
final class WatchRequests {

  private WatchRequests() {}

  /**
   * A parsed request for a watch.
   *
   * @param from where to go on; empty from now on
   * @param identity the request without its token, which tokens are bound to
   */
  record Requested(WatchSubject subject, Optional<WatchToken> from, Message identity) {}

  static Requested parse(WatchRequest request) {
    Fields fields = new Fields();
    Message identity = request.toBuilder().clearToken().build();
    Field<WatchSubject> subject = subject(fields, request);
    Field<Optional<WatchToken>> from =
        fields.read(
            "token",
            request.getToken(),
            token -> WatchToken.read(token, identity, partitions(request)));
    return fields.checked(() -> new Requested(subject.get(), from.get(), identity));
  }

  private static Field<WatchSubject> subject(Fields fields, WatchRequest request) {
    return switch (request.getSubjectCase()) {
      case USERNAME ->
          fields.username("username", request.getUsername()).map(WatchSubject.OfUser::new);
      case ORGANIZATION_NAME ->
          fields
              .organization("organization_name", request.getOrganizationName())
              .map(name -> new WatchSubject.OfOrganization(name.slug()));
      case EVERYTHING ->
          request.getEverything()
              ? Field.of(new WatchSubject.Everything())
              : fields.fault("everything", false, "true");
      case SUBJECT_NOT_SET ->
          fields.fault("subject", "not set", "username, organization_name or everything");
    };
  }

  /** Only an organization is in one partition alone. */
  private static int partitions(WatchRequest request) {
    return request.hasOrganizationName() ? 1 : new WatchSubject.Everything().partitions().size();
  }
}
