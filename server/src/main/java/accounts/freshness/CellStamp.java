package accounts.freshness;

import accounts.cache.CellVersion;
import accounts.domain.Revision;
import accounts.service.Stamp;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a reader knows about a key's cell.
 *
 * @param view the epochs it was read under, known before the store was read or anything was
 *     committed
 * @param version the last known version of the cell, read or written by this reader; empty if it
 *     had none
 * @param revision of the answer that the cell held in that state
 */
public record CellStamp(EpochView view, Supplier<Optional<CellVersion>> version, Revision revision)
    implements Stamp {

  /**
   * Returns whether the cell, in this state, lets no later read return less than a revision. A load
   * under the reader's own claim proves that only once its fill was acknowledged: until then
   * another reader may have taken the claim over, and may fill the cell with what it read earlier.
   */
  boolean settles(Revision least) {
    return !revision.isBefore(least) && version.get().isPresent();
  }
}
