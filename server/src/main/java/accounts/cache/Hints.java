package accounts.cache;

import accounts.domain.EntityKey;
import java.util.Collection;

/**
 * Tells other instances which keys changed, so that they need not find out by age. A hint may be
 * lost, late or doubled; nothing is ever right because of one.
 */
public interface Hints {

  /** Says that keys changed. Returns at once and never throws; nobody learns what became of it. */
  void changed(Collection<EntityKey<?>> keys);
}
