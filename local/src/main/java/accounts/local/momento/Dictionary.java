package accounts.local.momento;

import com.google.protobuf.ByteString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dictionary: values by field, in the order in which fields were added. */
record Dictionary(Map<ByteString, ByteString> fields, long expiresAt) implements Item {

  /**
   * Returns {@code item} as a dictionary, null for null.
   *
   * @throws io.grpc.StatusRuntimeException FAILED_PRECONDITION if it is of another type
   */
  static @Nullable Dictionary of(@Nullable Item item) {
    if (item == null || item instanceof Dictionary) {
      return (Dictionary) item;
    }
    throw Refusals.failedPrecondition("The item under this key is not a dictionary");
  }

  @Override
  public Dictionary expiringAt(long end) {
    return new Dictionary(fields, end);
  }

  @Override
  public long bytes() {
    return fields.entrySet().stream()
        .mapToLong(field -> (long) field.getKey().size() + field.getValue().size())
        .sum();
  }
}
