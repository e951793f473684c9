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
   * Moves a key's generation on, which makes everything cached for the key count for nothing.
   *
   * @param seen the generation that the caller saw last
   */
  CompletableFuture<Advance> advance(EntityKey<?> key, Generation seen, CallScope scope);

  /**
   * Keeps an answer for those who ask while the key is at {@code generation}.
   *
   * @param generation seen before the answer was read from the store
   * @return completes when the cache has answered or the budget is used up, either way
   */
  CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Generation generation, CallScope scope);
}
