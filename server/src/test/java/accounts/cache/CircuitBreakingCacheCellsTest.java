package accounts.cache;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

final class CircuitBreakingCacheCellsTest extends CellCacheContract {

  private final InMemoryCellCache memory = new InMemoryCellCache();
  private final CellCache cache =
      new CircuitBreakingCache(memory, CircuitBreaker.ofDefaults("cache"));

  @Override
  protected CellCache cache() {
    return cache;
  }

  @Override
  protected void flush() {
    memory.flush();
  }
}
