package accounts.client;

/**
 * An option of a read: a {@link Consistency}, a {@link #minRevision} or a {@link Deadline}. If one
 * is given twice, the last one applies.
 */
public sealed interface ReadOption permits Consistency, Deadline, ReadOption.MinRevision {

  /**
   * Returns the option to get no answer older than this revision, so that a caller keeps seeing
   * what it has read or written.
   */
  static ReadOption minRevision(long revision) {
    return new MinRevision(revision);
  }

  /**
   * The option {@link #minRevision}.
   *
   * @param revision the lowest that is accepted
   */
  record MinRevision(long revision) implements ReadOption {}
}
