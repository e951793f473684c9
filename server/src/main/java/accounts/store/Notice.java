package accounts.store;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import java.util.Map;

/**
 * A request from a writer that cannot reach the cache, to an instance that can: make sure that the
 * cache holds nothing older than what was committed.
 *
 * @param id names the notice
 * @param keys at most 100, each with the oldest revision that later reads may return
 */
public record Notice(String id, Map<EntityKey<?>, Revision> keys) {

  /** Copies the map. */
  public Notice {
    keys = Map.copyOf(keys);
  }
}
