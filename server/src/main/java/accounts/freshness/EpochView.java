package accounts.freshness;

import accounts.cache.CellKey;
import accounts.domain.EntityKey;
import accounts.store.FleetState;

/**
 * What an instance knows of the fleet's state and may go by at the moment: which cells belong to
 * the table, and which epoch a cell's answer must have to be believed.
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

  /** Whether cells of the other view are cells of this one. */
  public boolean isSameIncarnation(EpochView other) {
    return state.incarnation().equals(other.state.incarnation());
  }
}
