package accounts.cache;

/** Who reads the store for everybody. */
public enum LeaseAnswer {
  /** The caller does. */
  WON,
  /** Somebody else does: the answer will be in the cache in a moment. */
  TAKEN,
  /** The cache did not say: whoever asks reads the store itself. */
  UNAVAILABLE
}
