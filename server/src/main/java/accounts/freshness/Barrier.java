package accounts.freshness;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** What a writer does where nobody can reach the cache, before it may acknowledge. */
public interface Barrier {

  /**
   * Completes when no instance believes anything any more that the cache held for the keys until
   * now.
   *
   * @return fails as the store does; the write must then not be acknowledged
   */
  CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope);
}
