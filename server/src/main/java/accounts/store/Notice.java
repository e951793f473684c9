package accounts.store;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import java.util.Map;

/**
 * Asks whoever can reach the cache to see to it that it holds nothing older than what a writer has
 * committed, since the writer cannot reach it.
 *
 * @param id names the notice
 * @param keys at most 100, each with the revision that reads must not fall behind
 */
public record Notice(String id, Map<EntityKey<?>, Revision> keys) {

  /** Copies the map. */
  public Notice {
    keys = Map.copyOf(keys);
  }
}
