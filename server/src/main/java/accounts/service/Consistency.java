package accounts.service;

/** What a read must see. */
public enum Consistency {
  /** Answered through the cache. */
  FRESH,
  /** As {@link #FRESH}, or an answer that was current a bounded time ago. */
  BOUNDED,
  /** Read from the store; no cache is looked at. */
  STORE
}
