package accounts.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds a {@code request_id} to every write, without which a retry could do it twice. */
final class RequestIds {

  private RequestIds() {}

  /**
   * Returns the request with a new id if it can have one and has none; otherwise the request
   * itself.
   */
  static <Q extends Message> Q filled(Q request) {
    FieldDescriptor field = field(request);
    if (field == null || !request.getField(field).equals("")) {
      return request;
    }
    Message filled = request.toBuilder().setField(field, UUID.randomUUID().toString()).build();
    @SuppressWarnings("unchecked") // a builder builds what it was made from
    Q same = (Q) filled;
    return same;
  }

  /**
   * Returns the id of the request; empty for reads, and for an id that is no UUID, which the
   * service refuses.
   */
  static Optional<UUID> of(Message request) {
    FieldDescriptor field = field(request);
    return field == null ? Optional.empty() : parse((String) request.getField(field));
  }

  private static @Nullable FieldDescriptor field(Message request) {
    return request.getDescriptorForType().findFieldByName("request_id");
  }

  private static Optional<UUID> parse(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
