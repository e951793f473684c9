package accounts.cache;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

final class BreakingCacheCacheTest extends AccountCacheContract {

  private final InMemoryAccountCache memory = new InMemoryAccountCache();
  private final AccountCache cache = new BreakingCache(memory, CircuitBreaker.ofDefaults("cache"));

  @Override
  protected AccountCache cache() {
    return cache;
  }

  @Override
  protected void flush() {
    memory.flush();
  }
}
