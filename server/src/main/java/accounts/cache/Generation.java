package accounts.cache;

/**
 * A stamp beside a cached value that every write moves on. A value counts only while its key is at
 * the generation that the value was filled for, so a fill that arrives after a write counts for
 * nothing.
 *
 * @param value only ever grows while the cache keeps it; 0 when the cache has none
 */
public record Generation(long value) {

  /** The cache has no generation for the key. */
  public static final Generation NONE = new Generation(0);
}
