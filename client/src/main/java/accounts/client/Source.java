package accounts.client;

/** Where an answer came from. For a batch: the farthest place that any of its results came from. */
public enum Source {
  /** The answering instance's own memory. */
  NEAR_CACHE,
  /** The remote cache. */
  CACHE,
  /** DynamoDB, by a consistent read. */
  STORE,
  /** Not said, or a place that this version of the client does not know. */
  UNKNOWN
}
