package accounts.freshness;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import java.util.Map;

/**
 * Tells other instances which keys changed, so that their memory need not wait for its entries'
 * age. A hint may be lost, late or doubled; nothing is ever right because of one.
 */
public interface InvalidationHints {

  /**
   * Says that keys changed, each to at least a revision that no read falls behind any more. Returns
   * at once and never throws; nobody learns what became of it.
   */
  void changed(Map<EntityKey<?>, Revision> keys);
}
