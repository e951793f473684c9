package accounts.client;

/** What a read must see; given to a read as it is: {@code getUser("olivia", Consistency.STORE)}. */
public enum Consistency implements ReadOption {
  /** Every write acknowledged before the read was sent; answered through the cache. The default. */
  FRESH,
  /** As {@link #FRESH}, or an answer that was current a bounded time ago. */
  BOUNDED,
  /** DynamoDB itself, by a consistent read; no cache is looked at. */
  STORE
}
