package accounts.client;

/**
 * An option of a read: a {@link Consistency}, a {@link #minRevision}, an {@link #expectedUid} or a
 * {@link Deadline}. If one is given twice, the last one applies.
 */
public sealed interface ReadOption
    permits Consistency, Deadline, ReadOption.MinRevision, ReadOption.ExpectedUid {

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

  /**
   * Returns the option to get nothing but the entity with this uid: {@link
   * ErrorReason#UID_MISMATCH} if another one has the name now. For reads of a single entity; others
   * pass it over.
   */
  static ReadOption expectedUid(String uid) {
    return new ExpectedUid(uid);
  }

  /**
   * The option {@link #expectedUid}.
   *
   * @param uid the only one that is accepted
   */
  record ExpectedUid(String uid) implements ReadOption {}
}
