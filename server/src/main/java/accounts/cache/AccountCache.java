package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A remote cache that may lose anything at any time, be slow, or be gone. No method ever fails:
 * what the cache cannot do is an answer too. Every call ends within the budget that the
 * implementation was given.
 */
public interface AccountCache {

  /**
   * Looks keys up in one round trip.
   *
   * @return an answer for every key
   */
  CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> keys, CallScope scope);

  /**
   * Gives a key a generation unless it has one, before its answer is read from the store.
   *
   * @param seen how the key was found: without a generation
   * @return {@code Alone} if it had none until then
   */
  CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope);

  /**
   * Moves a key's generation on, which makes everything cached for the key count for nothing.
   *
   * @param seen the stamp that the caller saw last, before it changed the entity
   * @return {@code Alone} if nobody else moved it since; never if {@code seen} is absent, since a
   *     cache that lost the generation hides who moved it
   */
  CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope);

  /**
   * Keeps an answer for those who ask while the key is at the stamp's generation.
   *
   * @param stamp seen before the answer was read from the store
   * @return completes when the cache has answered or the budget is used up, either way
   */
  CompletableFuture<Void> fill(EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope);

  /**
   * Asks to be the one who reads the store for a key that missed at this stamp. Saves reads; safety
   * never needs it.
   */
  CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope);
}
