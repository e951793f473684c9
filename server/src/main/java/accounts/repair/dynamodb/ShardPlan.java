package accounts.repair.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which shards to read next, and from where. A shard is read after its parent, so that the
 * changes of an item keep their order. Shards without any ancestor that was ever read are the first
 * that this service sees: of these only the open ones are read, from their latest record.
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

  /**
   * Returns the shards whose leases may still change: neither those read to their ends, nor those
   * that ended before they were ever read.
   */
  Set<String> live() {
    return ids(shard -> {
      ShardLease lease = leases.get(shard.id());
      return lease == null ? shard.open() || isRead(parent(shard)) : !lease.finished();
    });
  }

  /** Returns the shards that should be read now; the other live ones wait for their parents. */
  Set<String> due() {
    Set<String> live = live();
    return ids(shard -> {
      Shard parent = parent(shard);
      boolean waits =
          !leases.containsKey(shard.id())
              && parent != null
              && isRead(parent)
              && !isFinished(parent);
      return live.contains(shard.id()) && !waits;
    });
  }

  private Set<String> ids(Predicate<Shard> which) {
    return shards.values().stream().filter(which).map(Shard::id).collect(Collectors.toSet());
  }

  /** Returns a shard's lease; empty if it has none. */
  Optional<ShardLease> lease(String shard) {
    return Optional.ofNullable(leases.get(shard));
  }

  private @Nullable Shard parent(Shard shard) {
    return shard.parent().map(shards::get).orElse(null);
  }

  private Optional<Claim> firstClaim(Shard shard) {
    Shard parent = parent(shard);
    if (parent != null && isRead(parent)) {
      return isFinished(parent)
          ? Optional.of(new Claim(shard.id(), Optional.empty(), new Position.Horizon()))
          : Optional.empty();
    }
    return shard.open()
        ? Optional.of(new Claim(shard.id(), Optional.empty(), new Position.Latest()))
        : Optional.empty();
  }

  /** Returns whether a shard is, was, or will be read to its end. */
  private boolean isRead(@Nullable Shard shard) {
    return shard != null && (leases.containsKey(shard.id()) || isRead(parent(shard)));
  }

  private boolean isFinished(Shard shard) {
    ShardLease lease = leases.get(shard.id());
    return lease != null && lease.finished();
  }
}
