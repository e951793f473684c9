package accounts.bench.load;

/**
 * One call of a load.
 *
 * @param sent when it was due, by {@link System#nanoTime}
 * @param nanos from then to its end, so that a delay before sending is included
 * @param code the status code of a failure, such as {@code RESOURCE_EXHAUSTED}; else empty
 */
record Sample(long sent, long nanos, Ending ending, String code) {

  /** The ending of a call. */
  enum Ending {
    /** A read answered from the cache or the near cache. */
    HIT,
    /** A read answered from DynamoDB. */
    MISS,
    /** An acknowledged change. */
    ACKNOWLEDGED,
    FAILED,
    /** A call that was not sent because too many were in flight. */
    DROPPED
  }

  boolean ended(Ending other) {
    return ending == other;
  }
}
