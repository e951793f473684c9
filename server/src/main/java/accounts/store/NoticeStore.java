package accounts.store;

import accounts.async.CallScope;
import java.util.concurrent.CompletableFuture;

/**
 * Stores notices in the table, whose stream delivers them to the instance that runs the repair.
 * Methods fail as those of {@link AccountStore} do.
 */
public interface NoticeStore {

  /** Leaves a notice. */
  CompletableFuture<Void> leave(Notice notice, CallScope scope);

  /** Marks a notice as done. */
  CompletableFuture<Void> markDone(String id, CallScope scope);

  /** Returns whether a notice is marked as done. */
  CompletableFuture<Boolean> isDone(String id, CallScope scope);
}
