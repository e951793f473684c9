package accounts.client;

import java.time.Duration;

/**
 * How long one call may take in all, retries included; goes with any call. A deadline of the
 * caller's own gRPC context that ends earlier wins.
 *
 * @param length counted from the moment of the call
 */
public record Deadline(Duration length) implements ReadOption, PageOption, WriteOption {

  /** A deadline that {@code length} from the call ends it with {@code DEADLINE_EXCEEDED}. */
  public static Deadline after(Duration length) {
    return new Deadline(length);
  }
}
