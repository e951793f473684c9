package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads of entities by whatever path is right, and what a writer owes to them. */
public interface AccountReads {

  /**
   * Looks entities up. Never fails because of a cache; fails as the store does.
   *
   * @param keys at most 100
   * @return an answer for every key
   */
  CompletableFuture<Readings> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope);

  /**
   * Says what was just committed, before it is acknowledged. Never fails.
   *
   * @param written the new answer to each key that was changed
   * @param seen the last look at these keys before the commit
   */
  CompletableFuture<Void> written(
      Map<EntityKey<?>, Lookup<?>> written, Readings seen, CallScope scope);

  /**
   * Says that keys were changed some time ago by a request that is repeated now, before it is
   * acknowledged again. Never fails.
   */
  CompletableFuture<Void> rewritten(Collection<EntityKey<?>> keys, CallScope scope);
}
