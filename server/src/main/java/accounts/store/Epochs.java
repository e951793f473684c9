package accounts.store;

import accounts.domain.EntityKey;
import java.util.List;

/**
 * The epoch of each shard of the keys. An instance believes a cached answer only while it knows the
 * answer's epoch to be the shard's present one.
 *
 * @param values one for each shard, by its number
 */
public record Epochs(List<Long> values) {

  /** How many shards the keys fall into: one raised epoch empties this part of the cache. */
  public static final int SHARDS = 256;

  /** Copies the values and checks their number. */
  public Epochs {
    values = List.copyOf(values);
    if (values.size() != SHARDS) {
      throw new IllegalArgumentException(
          "epochs: %d values (expected: %d)".formatted(values.size(), SHARDS));
    }
  }

  /** Returns the epoch that a key stands under. */
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
    // Spread: names that differ in their last digits alone would fall into neighbouring shards.
    return Math.floorMod((hash * 0x9E3779B9) >>> 16, SHARDS);
  }
}
