package accounts.service;

/** The consistency of a read. */
public enum Consistency {
  /** Through the cache, and never older than an acknowledged write. */
  FRESH,
  /** Like {@link #FRESH}, or an answer from memory that was current a bounded time ago. */
  BOUNDED,
  /** From the store; the cache is not read. */
  STORE
}
