package accounts.service;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Is told what the store has decided, before anybody else is. When a future of its methods
 * completes normally, no read that begins from then on, through any instance, returns an answer
 * older than what it was told. Never fails because of a cache, though it takes longer without one;
 * where a future fails, it fails as the store does, and the caller must not be answered.
 */
public interface CommitListener {

  /** Takes in a commit that took place. */
  CompletableFuture<Void> committed(WriteEffects effects, CallScope scope);

  /**
   * Takes in what a caller is about to be told without a commit of its own: the outcome of a
   * request that is repeated, or a refusal.
   *
   * @param effects without changes
   */
  CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope);

  /**
   * Takes in that keys may have been changed, by a commit whose outcome is unknown and which is not
   * acknowledged. Does what can be done at once to let reads see it; never fails.
   */
  CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope);
}
