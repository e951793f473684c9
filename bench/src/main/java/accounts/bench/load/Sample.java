package accounts.bench.load;

/**
 * One call of a load.
 *
 * @param sent when it was to be sent, by {@link System#nanoTime}
 * @param nanos from then to its end: what kept it from being sent in time is part of it
 * @param code what a failure says, such as {@code RESOURCE_EXHAUSTED}; empty where there is none
 */
record Sample(long sent, long nanos, Ending ending, String code) {

  /** How a call ends. */
  enum Ending {
    /** A read answered from the cache, the instance's memory included. */
    HIT,
    /** A read answered from DynamoDB. */
    MISS,
    /** A change that was acknowledged. */
    ACKNOWLEDGED,
    FAILED,
    /** It was not sent, because too many were in flight. */
    DROPPED
  }

  boolean ended(Ending other) {
    return ending == other;
  }
}
