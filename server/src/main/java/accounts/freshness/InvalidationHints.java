package accounts.freshness;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import java.util.Map;

/**
 * Invalidation hints: tell other instances which keys changed, so that their near caches drop them
 * early. A hint may be lost, late or doubled; correctness never depends on one.
 */
public interface InvalidationHints {

  /**
   * Publishes that keys changed, each with the oldest revision that later reads may return. Returns
   * at once and never throws; delivery is not reported.
   */
  void changed(Map<EntityKey<?>, Revision> keys);
}
