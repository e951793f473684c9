package accounts.client;

import java.util.UUID;

/**
 * Something said about any write: a {@link #requestId}, a {@link Deadline}. The last one counts.
 */
public sealed interface WriteOption extends ChangeOption permits Deadline, WriteOption.RequestId {

  /**
   * Names this change, so that a repetition with the same id and content returns the first outcome.
   * Left out, the client makes one up; after a failure {@link AccountsException#requestId} tells
   * it.
   */
  static WriteOption requestId(UUID id) {
    return new RequestId(id);
  }

  /**
   * See {@link #requestId}.
   *
   * @param id one for each intended change
   */
  record RequestId(UUID id) implements WriteOption {}
}
