package accounts.bench.history;

/** Something that a caller did and saw the end of; times are readings of one monotonic clock. */
public sealed interface Operation permits Read, Write {

  /** The instance that was asked last. */
  String instance();

  /** Before it was sent, in nanoseconds. */
  long invoked();

  /** After its end was known, in nanoseconds. */
  long ended();
}
