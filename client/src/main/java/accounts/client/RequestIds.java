package accounts.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that every write has a {@code request_id}, without which a retry could do it twice.
 */
final class RequestIds {

  private RequestIds() {}

  /** The request with an id of its own if it can have one and has none; else the request itself. */
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
   * The id that the request goes out with; empty for reads, and for an id that is no UUID and will
   * be refused.
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
