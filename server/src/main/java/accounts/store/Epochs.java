package accounts.store;

import accounts.domain.EntityKey;
import java.util.List;

/**
 * The epoch of each shard.
 *
 * @param values one for each shard, by its number
 */
public record Epochs(List<Long> values) {

  /** How many shards the keys fall into: one raised epoch empties this part of the cache. */
  public static final int SHARDS = 16;

  /** What holds before anything was raised. */
  public static final Epochs INITIAL = new Epochs(java.util.Collections.nCopies(SHARDS, 0L));

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
    return Math.floorMod(hash, SHARDS);
  }
}
