package accounts.cache;

/** What became of moving a key's generation on. */
public sealed interface Advance {

  /**
   * Moved on by this call alone since the caller saw it.
   *
   * @param stamp what is known so far may be filled under
   */
  record Alone(Stamp stamp) implements Advance {}

  /** Moved on, and somebody else may have moved it too. */
  record Together() implements Advance {}

  /** Not known to have moved: the cache did not answer in time. */
  record Unavailable() implements Advance {}
}
