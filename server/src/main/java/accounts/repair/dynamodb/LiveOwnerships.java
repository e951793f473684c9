package accounts.repair.dynamodb;

import accounts.repair.dynamodb.Discovery.Found;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Reads the ownerships of a stream's shards, each only as often as it may change. Most shards ended
 * long ago: their ownerships are read once, and shards without an ownership are checked as often as
 * the stream is described.
 */
final class LiveOwnerships {

  private final OwnershipTable table;
  private int described;
  private Map<String, ShardOwnership> known = Map.of();

  LiveOwnerships(OwnershipTable table) {
    this.table = table;
  }

  /**
   * Reads what may have changed.
   *
   * @param found the last description
   */
  CompletableFuture<ShardPlan> read(Found found) {
    List<Shard> shards = found.shards();
    Map<String, ShardOwnership> finished = finished(shards);
    return table
        .read(changeable(found, finished))
        .thenApply(read -> {
          Map<String, ShardOwnership> all = new HashMap<>(finished);
          all.putAll(read);
          described = found.number();
          known = Map.copyOf(all);
          return new ShardPlan(shards, known);
        });
  }

  private Map<String, ShardOwnership> finished(List<Shard> shards) {
    Map<String, ShardOwnership> finished = new HashMap<>(known);
    finished.keySet().retainAll(ids(shards));
    finished.values().removeIf(ownership -> !ownership.finished());
    return finished;
  }

  private Collection<String> changeable(Found found, Map<String, ShardOwnership> finished) {
    if (found.number() == described) {
      return new ShardPlan(found.shards(), known).live();
    }
    Set<String> ids = ids(found.shards());
    ids.removeAll(finished.keySet());
    return ids;
  }

  static Set<String> ids(List<Shard> shards) {
    return shards.stream().map(Shard::id).collect(Collectors.toSet());
  }
}
