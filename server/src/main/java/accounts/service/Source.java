package accounts.service;

/** Where an answer came from, the nearest first. */
public enum Source {
  /** This instance's memory. */
  NEAR_CACHE,
  /** The remote cache. */
  CACHE,
  /** The store, by a consistent read. */
  STORE
}
