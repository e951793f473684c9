package accounts.service;

/** The source of an answer, the nearest first. */
public enum Source {
  /** This instance's memory. */
  NEAR_CACHE,
  /** The remote cache. */
  CACHE,
  /** The store, by a consistent read. */
  STORE
}
