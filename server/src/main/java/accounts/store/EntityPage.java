package accounts.store;

import accounts.domain.Entity;
import java.util.List;
import java.util.Optional;

/**
 * A page of all entities.
 *
 * @param entities in no particular order; may be none although there are more pages
 * @param next where the next page begins; empty on the last page
 */
public record EntityPage(List<Entity> entities, Optional<ScanPosition> next) {

  /** Copies the list. */
  public EntityPage {
    entities = List.copyOf(entities);
  }
}
