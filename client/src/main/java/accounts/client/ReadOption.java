package accounts.client;

/**
 * Something said about one read: a {@link Consistency}, a {@link #minRevision}, a {@link Deadline}.
 * The last one counts.
 */
public sealed interface ReadOption permits Consistency, Deadline, ReadOption.MinRevision {

  /**
   * Never an answer of an older revision than this: what a caller has seen or written itself, it
   * goes on seeing.
   */
  static ReadOption minRevision(long revision) {
    return new MinRevision(revision);
  }

  /**
   * See {@link #minRevision}.
   *
   * @param revision the least that will do
   */
  record MinRevision(long revision) implements ReadOption {}
}
