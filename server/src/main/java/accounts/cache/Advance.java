package accounts.cache;

/** What became of moving a key's generation on. */
public sealed interface Advance {

  /**
   * Moved on by this call alone since the generation that the caller had seen.
   *
   * @param generation where it is now
   */
  record Alone(Generation generation) implements Advance {}

  /** Moved on, and somebody else moved it too. */
  record Together() implements Advance {}

  /** Not known to have moved: the cache did not answer in time. */
  record Unavailable() implements Advance {}
}
