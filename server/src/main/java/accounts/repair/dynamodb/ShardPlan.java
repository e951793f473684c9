package accounts.repair.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which shards to read next, and from where. A shard is read after its parent, so that the
 * changes of an item keep their order. Shards that descend from none that was ever read are the
 * first that this service sees: of these, only the open ones count, from now on.
 */
final class ShardPlan {

  private final Map<String, Shard> shards;
  private final Map<String, ShardLease> leases;

  /**
   * A shard to take.
   *
   * @param seen its lease; empty if it has none
   */
  record Claim(String shard, Optional<ShardLease> seen, Position from) {}

  /**
   * @param leases by shard
   */
  ShardPlan(List<Shard> shards, Map<String, ShardLease> leases) {
    this.shards = shards.stream().collect(Collectors.toMap(Shard::id, Function.identity()));
    this.leases = leases;
  }

  /**
   * Returns the shards that may be taken.
   *
   * @param isFree whether a lease may be taken; asked for every lease that is not finished
   */
  List<Claim> claims(BiPredicate<String, ShardLease> isFree) {
    List<Claim> claims = new ArrayList<>();
    for (Shard shard : shards.values()) {
      ShardLease lease = leases.get(shard.id());
      if (lease == null) {
        firstClaim(shard).ifPresent(claims::add);
      } else if (!lease.finished() && isFree.test(shard.id(), lease)) {
        claims.add(new Claim(shard.id(), Optional.of(lease), lease.position()));
      }
    }
    return claims;
  }

  private Optional<Claim> firstClaim(Shard shard) {
    Shard parent = shard.parent().map(shards::get).orElse(null);
    if (parent != null && isRead(parent)) {
      return isFinished(parent)
          ? Optional.of(new Claim(shard.id(), Optional.empty(), new Position.Horizon()))
          : Optional.empty();
    }
    return shard.open()
        ? Optional.of(new Claim(shard.id(), Optional.empty(), new Position.Latest()))
        : Optional.empty();
  }

  /** Whether a shard is, was, or will be read to its end. */
  private boolean isRead(@Nullable Shard shard) {
    return shard != null
        && (leases.containsKey(shard.id()) || isRead(shard.parent().map(shards::get).orElse(null)));
  }

  private boolean isFinished(Shard shard) {
    ShardLease lease = leases.get(shard.id());
    return lease != null && lease.finished();
  }
}
