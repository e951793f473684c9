package accounts.freshness;

import accounts.cache.CellVersion;
import accounts.domain.Revision;
import accounts.service.Stamp;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a reader saw of a key's cell.
 *
 * @param view that it was seen under, known before the store was read or anything was committed
 * @param version the state that the cell was last seen in, or put in by this reader, as far as that
 *     is known by now; empty where nothing was seen
 * @param revision of the answer that the cell held in that state
 */
public record CellStamp(EpochView view, Supplier<Optional<CellVersion>> version, Revision revision)
    implements Stamp {

  /**
   * Whether no later read falls behind a revision, as the cell stood. A load under the reader's own
   * claim proves that only once its fill was answered: until then another reader may have taken the
   * claim over, and may fill in what it read earlier.
   */
  boolean settles(Revision least) {
    return !revision.isBefore(least) && version.get().isPresent();
  }
}
