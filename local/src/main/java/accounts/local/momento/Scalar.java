package accounts.local.momento;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/** An item with one value. */
record Scalar(ByteString value, long expiresAt) implements Item {

  /**
   * Returns {@code item} as a scalar, null for null.
   *
   * @throws io.grpc.StatusRuntimeException FAILED_PRECONDITION if it is of another type
   */
  static @Nullable Scalar of(@Nullable Item item) {
    if (item == null || item instanceof Scalar) {
      return (Scalar) item;
    }
    throw Refusals.failedPrecondition("The item under this key is not a scalar");
  }

  @Override
  public Scalar expiringAt(long end) {
    return new Scalar(value, end);
  }

  @Override
  public long bytes() {
    return value.size();
  }
}
