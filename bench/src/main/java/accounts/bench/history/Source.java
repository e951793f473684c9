package accounts.bench.history;

/** The source of an answer, as the service reports it. */
public enum Source {
  /** Errors have no source, and so neither has an absence that is reported as an error. */
  UNSTATED,
  NEAR_CACHE,
  CACHE,
  STORE
}
