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
  private final Map<String, ShardOwnership> ownerships;

  /**
   * A shard to take.
   *
   * @param seen its ownership; empty if it has none
   */
  record Claim(String shard, Optional<ShardOwnership> seen, Position from) {}

  /**
   * @param ownerships by shard
   */
  ShardPlan(List<Shard> shards, Map<String, ShardOwnership> ownerships) {
    this.shards = shards.stream().collect(Collectors.toMap(Shard::id, Function.identity()));
    this.ownerships = ownerships;
  }

  /**
   * Returns the shards that may be taken.
   *
   * @param isFree whether an ownership may be taken; asked for every ownership that is not finished
   */
  List<Claim> claims(BiPredicate<String, ShardOwnership> isFree) {
    List<Claim> claims = new ArrayList<>();
    for (Shard shard : shards.values()) {
      ShardOwnership ownership = ownerships.get(shard.id());
      if (ownership == null) {
        firstClaim(shard).ifPresent(claims::add);
      } else if (!ownership.finished() && isFree.test(shard.id(), ownership)) {
        claims.add(new Claim(shard.id(), Optional.of(ownership), ownership.position()));
      }
    }
    return claims;
  }

  /**
   * Returns the shards whose ownerships may still change: neither those read to their ends, nor
   * those that ended before they were ever read.
   */
  Set<String> live() {
    return ids(shard -> {
      ShardOwnership ownership = ownerships.get(shard.id());
      return ownership == null ? shard.open() || isRead(parent(shard)) : !ownership.finished();
    });
  }

  /** Returns the shards that should be read now; the other live ones wait for their parents. */
  Set<String> due() {
    Set<String> live = live();
    return ids(shard -> {
      Shard parent = parent(shard);
      boolean waits =
          !ownerships.containsKey(shard.id())
              && parent != null
              && isRead(parent)
              && !isFinished(parent);
      return live.contains(shard.id()) && !waits;
    });
  }

  private Set<String> ids(Predicate<Shard> which) {
    return shards.values().stream().filter(which).map(Shard::id).collect(Collectors.toSet());
  }

  /** Returns a shard's ownership; empty if it has none. */
  Optional<ShardOwnership> ownership(String shard) {
    return Optional.ofNullable(ownerships.get(shard));
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
    return shard != null && (ownerships.containsKey(shard.id()) || isRead(parent(shard)));
  }

  private boolean isFinished(Shard shard) {
    ShardOwnership ownership = ownerships.get(shard.id());
    return ownership != null && ownership.finished();
  }
}
