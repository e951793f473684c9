package accounts.client;

/**
 * Something said about the change of a thing that exists: an {@link #expectedRevision}, or any
 * {@link WriteOption}.
 */
public sealed interface ChangeOption permits WriteOption, ChangeOption.ExpectedRevision {

  /**
   * Changes only what is still at this revision; else {@link AccountsException.RevisionMismatch}.
   */
  static ChangeOption expectedRevision(long revision) {
    return new ExpectedRevision(revision);
  }

  /**
   * See {@link #expectedRevision}.
   *
   * @param revision that the caller believes the thing has
   */
  record ExpectedRevision(long revision) implements ChangeOption {}
}
