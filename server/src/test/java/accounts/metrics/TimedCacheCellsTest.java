package accounts.metrics;

import accounts.cache.CellCache;
import accounts.cache.CellCacheContract;
import accounts.cache.InMemoryCellCache;

final class TimedCacheCellsTest extends CellCacheContract {

  private final InMemoryCellCache memory = new InMemoryCellCache();
  private final CellCache cache = new Metrics().timed(memory);

  @Override
  protected CellCache cache() {
    return cache;
  }

  @Override
  protected void flush() {
    memory.flush();
  }
}
