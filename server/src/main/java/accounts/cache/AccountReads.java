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
   * Says what was just committed. When it completes, no read through any instance that begins from
   * then on returns an older answer, and the write may be acknowledged. Never fails because of a
   * cache, though it takes longer without one; fails as the store does, and the write is then not
   * to be acknowledged.
   *
   * @param written the new answer to each key that was changed
   * @param seen the last look at these keys before the commit
   */
  CompletableFuture<Void> written(
      Map<EntityKey<?>, Lookup<?>> written, Readings seen, CallScope scope);

  /**
   * As {@link #written}, for keys that were changed some time ago by a request that is repeated
   * now.
   */
  CompletableFuture<Void> rewritten(Collection<EntityKey<?>> keys, CallScope scope);

  /**
   * Says that keys may have been changed, by a commit whose outcome is unknown and which is not
   * acknowledged. Does what can be done at once to let reads see it; never fails.
   */
  CompletableFuture<Void> doubted(Collection<EntityKey<?>> keys, CallScope scope);
}
