package accounts.client;

import java.time.Duration;

/**
 * The time that one call may take, retries included; an option of every call. An earlier deadline
 * of the caller's gRPC context wins.
 *
 * @param length counted from the start of the call
 */
public record Deadline(Duration length) implements ReadOption, PageOption, WriteOption {

  /** Returns a deadline: the call fails with {@code DEADLINE_EXCEEDED} after {@code length}. */
  public static Deadline after(Duration length) {
    return new Deadline(length);
  }
}
