package accounts.repair;

import accounts.domain.EntityKey;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Is told of what was changed in the store. */
public interface ChangeListener {

  /**
   * Takes in which entities were changed, by whomever. The same may be told again.
   *
   * @return completes when they need not be told again; where it fails, they are
   */
  CompletableFuture<Void> changed(Set<EntityKey<?>> keys);
}
