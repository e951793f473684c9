package accounts.repair;

import java.util.concurrent.CompletableFuture;

/** Checks whether this instance can repair the cache. */
public interface CacheProbe {

  /**
   * Probes the cache.
   *
   * @return whether it answered and this instance may use it, that is, has a valid view of the
   *     epochs. Never fails, and ends within the timeout of a call to the cache
   */
  CompletableFuture<Boolean> isReachable();
}
