package accounts.client;

/**
 * The source of an answer. For a batch: the source farthest from the caller that any result has.
 */
public enum Source {
  /** The near cache in the memory of the answering instance. */
  NEAR_CACHE,
  /** The remote cache. */
  CACHE,
  /** DynamoDB, by a consistent read. */
  STORE,
  /** Not reported, or a source that this version of the client does not know. */
  UNKNOWN
}
