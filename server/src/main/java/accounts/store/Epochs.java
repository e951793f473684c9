package accounts.store;

import accounts.domain.EntityKey;
import java.util.List;

/**
 * The epoch of each shard of the keys. An instance accepts a cached answer only if the answer's
 * epoch is the current one of its shard.
 *
 * @param values one for each shard, by its number
 */
public record Epochs(List<Long> values) {

  /** The number of shards of the keys: raising one epoch invalidates this fraction of the cache. */
  public static final int SHARDS = 256;

  /** Copies the values and checks their number. */
  public Epochs {
    values = List.copyOf(values);
    if (values.size() != SHARDS) {
      throw new IllegalArgumentException(
          "epochs: %d values (expected: %d)".formatted(values.size(), SHARDS));
    }
  }

  /** Returns the epoch of a key's shard. */
  public long of(EntityKey<?> key) {
    return values.get(shardOf(key));
  }

  /** Returns the shard of a key; the same on every instance and in every version. */
  public static int shardOf(EntityKey<?> key) {
    int hash =
        switch (key) {
          case EntityKey.UserKey k -> k.username().value().hashCode();
          case EntityKey.OrganizationKey k -> 31 + k.organization().value().hashCode();
          case EntityKey.MembershipKey k ->
              31 * k.organization().value().hashCode() + k.username().value().hashCode();
        };
    // Spread: names that differ only in their last digits would fall into neighbouring shards.
    return Math.floorMod((hash * 0x9E3779B9) >>> 16, SHARDS);
  }
}
