package accounts.client;

/** The consistency of a read, given as an option: {@code getUser("olivia", Consistency.STORE)}. */
public enum Consistency implements ReadOption {
  /**
   * Shows every write acknowledged before the read was sent; read through the cache. The default.
   */
  FRESH,
  /** Like {@link #FRESH}, or an answer that was current a bounded time ago. */
  BOUNDED,
  /** A consistent read of DynamoDB; no cache is read. */
  STORE
}
