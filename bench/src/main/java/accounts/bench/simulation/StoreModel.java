package accounts.bench.simulation;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.User;
import accounts.freshness.CellRequirement;
import accounts.repair.StreamEvent;
import accounts.store.Change;
import accounts.store.CommitResult;
import accounts.store.Lookups;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The table: every user exists. Its partitions refuse what is beyond their throughput of a second.
 */
final class StoreModel {

  private final EventLoop loop;
  private final List<Partition> partitions = new ArrayList<>();
  private final Map<EntityKey<?>, User> changed = new HashMap<>();
  private final Rate reads;
  private final Rate writes;
  private final Rate throttled;
  private Consumer<StreamEvent> stream = event -> {};

  /** The throughput of a partition that is left in the current second. */
  private static final class Partition {
    private long second = -1;
    private long units;
  }

  /** DynamoDB's limit for a partition, in units a second. */
  static final int PARTITION_READS = 3_000;

  /**
   * @param partitions 0: no limit
   */
  StoreModel(EventLoop loop, int partitions) {
    this.loop = loop;
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new Partition());
    }
    this.reads = new Rate(loop);
    this.writes = new Rate(loop);
    this.throttled = new Rate(loop);
  }

  /** Tells somebody of every change. */
  void streamTo(Consumer<StreamEvent> listener) {
    stream = listener;
  }

  /** Takes the read units of some keys; returns whether there were any left. */
  boolean hasRoomFor(Collection<EntityKey<?>> keys) {
    boolean room = partitions.isEmpty() || keys.stream().allMatch(this::takes);
    if (!room) {
      throttled.add(1);
    }
    return room;
  }

  private boolean takes(EntityKey<?> key) {
    Partition partition = partitions.get(Math.floorMod(key.hashCode(), partitions.size()));
    long second = loop.nanoTime() / 1_000_000_000L;
    if (partition.second != second) {
      partition.second = second;
      partition.units = PARTITION_READS;
    }
    return partition.units-- > 0;
  }

  Lookups read(Collection<EntityKey<?>> keys) {
    reads.add(keys.size());
    Lookups.Builder lookups = Lookups.builder();
    keys.forEach(key -> lookups.found(user(key)));
    return lookups.build();
  }

  /** Returns a user as it is. */
  User user(EntityKey<?> key) {
    User user = changed.get(key);
    if (user != null) {
      return user;
    }
    if (key instanceof UserKey name) {
      return Users.unchanged(name);
    }
    throw new IllegalArgumentException("%s (expected: a user)".formatted(key));
  }

  CommitResult commit(List<Change> changes) {
    writes.add(1);
    List<Change> unmet = changes.stream().filter(change -> !isMet(change)).toList();
    if (!unmet.isEmpty()) {
      return new CommitResult.Conflict(unmet);
    }
    changes.forEach(this::apply);
    return new CommitResult.Committed();
  }

  private boolean isMet(Change change) {
    return switch (change) {
      case Change.Replace replace ->
          user(replace.entity().key()).revision().equals(replace.entity().revision().previous());
      case Change.Keep keep ->
          user(keep.entity().key()).revision().equals(keep.entity().revision());
      default -> throw new IllegalArgumentException(change + " (expected: a change of a user)");
    };
  }

  private void apply(Change change) {
    if (change instanceof Change.Replace replace && replace.entity() instanceof User user) {
      changed.put(user.key(), user);
      stream.accept(
          new StreamEvent.Changed(
              user.key(), new CellRequirement.Recorded(new Lookup.Found<>(user), true)));
    }
  }

  /** Returns the reads of one item. */
  Rate reads() {
    return reads;
  }

  /** Returns the commits, whether or not they were done. */
  Rate writes() {
    return writes;
  }

  /** Returns the reads that were refused by a partition. */
  Rate throttled() {
    return throttled;
  }
}
