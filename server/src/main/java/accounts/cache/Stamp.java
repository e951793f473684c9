package accounts.cache;

/**
 * What a cached value was filled under. A value counts only while its key is at the value's
 * generation, which every write moves on, for instances that know the value's epoch and no other.
 *
 * @param generation of the key; only ever grows while the cache keeps it; 0 when the cache has none
 * @param epoch of the key's shard, as the filling instance knew it before it read the store
 */
public record Stamp(long generation, long epoch) {

  /** Nothing can be filled under it. */
  public static final Stamp NONE = new Stamp(0, 0);

  /** Whether the cache has no generation for the key. */
  public boolean isAbsent() {
    return generation == 0;
  }

  /** Returns this with another epoch. */
  public Stamp atEpoch(long other) {
    return new Stamp(generation, other);
  }
}
