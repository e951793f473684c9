package accounts.freshness;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * The last resort of a writer that cannot update the cache and whose keys no other instance has
 * updated, before it may acknowledge.
 */
public interface Barrier {

  /**
   * Completes when no instance accepts any more what the cache held for these keys until now.
   *
   * @return fails as the store does; the write must then not be acknowledged
   */
  CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope);
}
