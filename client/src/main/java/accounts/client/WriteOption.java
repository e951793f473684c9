package accounts.client;

import java.util.UUID;

/**
 * An option of every write: a {@link #requestId} or a {@link Deadline}. If one is given twice, the
 * last one applies.
 */
public sealed interface WriteOption extends ChangeOption permits Deadline, WriteOption.RequestId {

  /**
   * Returns the option with the idempotency key of this write: a repetition with the same id and
   * content returns the first outcome. By default the client generates one; after a failure it is
   * in {@link AccountsException#requestId}.
   */
  static WriteOption requestId(UUID id) {
    return new RequestId(id);
  }

  /**
   * The option {@link #requestId}.
   *
   * @param id a different one for each intended write
   */
  record RequestId(UUID id) implements WriteOption {}
}
