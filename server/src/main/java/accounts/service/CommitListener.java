package accounts.service;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Notified of what the store has decided, before the caller is answered. Once a future of its
 * methods completes normally, no read that begins after that, through any instance, returns an
 * older answer. Futures never fail because of a cache, though they take longer without one; if one
 * fails, it fails as the store does, and the caller must not be answered.
 */
public interface CommitListener {

  /** Called after a commit that succeeded. */
  CompletableFuture<Void> committed(WriteEffects effects, CallScope scope);

  /**
   * Called before a caller is answered without a commit of its own: with the outcome of a retried
   * request, or a refusal.
   *
   * @param effects without changes
   */
  CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope);

  /**
   * Called after a commit whose outcome is unknown and which is not acknowledged. Does what can be
   * done immediately to make reads see a change that may have happened; never fails.
   */
  CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope);
}
