package accounts.bench.history;

/** Where the service says that an answer came from. */
public enum Source {
  /** Errors, absence among them, do not say. */
  UNSTATED,
  NEAR_CACHE,
  CACHE,
  STORE
}
