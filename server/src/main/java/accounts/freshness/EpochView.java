package accounts.freshness;

import accounts.cache.CellKey;
import accounts.domain.EntityKey;
import accounts.store.FleetState;

/**
 * The fleet's state as an instance with a valid lease may use it: which cells belong to the table,
 * and which epoch a cell's answer must have to be accepted.
 *
 * @param state as it was read, less than a lease ago
 */
public record EpochView(FleetState state) {

  /** Returns the key of an entity's cell. */
  public CellKey cellOf(EntityKey<?> key) {
    return CellKey.of(state.incarnation(), key);
  }

  /** Returns the epoch of a key's shard. */
  public long epochOf(EntityKey<?> key) {
    return state.epochs().of(key);
  }

  /** Returns whether both views use the same cells. */
  public boolean isSameIncarnation(EpochView other) {
    return state.incarnation().equals(other.state.incarnation());
  }
}
