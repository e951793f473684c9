package accounts.client;

/**
 * An option of a write that changes an existing entity: an {@link #expectedRevision}, or any {@link
 * WriteOption}.
 */
public sealed interface ChangeOption permits WriteOption, ChangeOption.ExpectedRevision {

  /**
   * Returns the option to change the entity only at this revision; otherwise the call fails with
   * {@link AccountsException.RevisionMismatch}.
   */
  static ChangeOption expectedRevision(long revision) {
    return new ExpectedRevision(revision);
  }

  /**
   * The option {@link #expectedRevision}.
   *
   * @param revision that the entity must have
   */
  record ExpectedRevision(long revision) implements ChangeOption {}
}
