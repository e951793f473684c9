package accounts.repair;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Is told of what was changed in the store. */
public interface ChangeListener {

  /**
   * Takes changes in. Those of one key come in their order, though some may come again.
   *
   * @return completes when they need not be told again; where it fails, they are
   */
  CompletableFuture<Void> changed(List<ItemChange> changes);
}
