package accounts.telemetry;

import accounts.cache.CellCache;
import accounts.cache.CellCacheContract;
import accounts.cache.InMemoryCellCache;

final class TracedCacheCellsTest extends CellCacheContract {

  private final InMemoryCellCache memory = new InMemoryCellCache();
  private final CellCache cache = new TracedCache(memory);

  @Override
  protected CellCache cache() {
    return cache;
  }

  @Override
  protected void flush() {
    memory.flush();
  }
}
