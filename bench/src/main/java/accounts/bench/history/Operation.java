package accounts.bench.history;

/** A call that has ended for its caller; all times are readings of one monotonic clock. */
public sealed interface Operation permits Read, Write {

  /** Returns the instance that was called last. */
  String instance();

  /** Returns the time before it was sent, in nanoseconds. */
  long invoked();

  /** Returns the time after its end was known, in nanoseconds. */
  long ended();
}
