package accounts.cache;

final class InMemoryCellCacheTest extends CellCacheContract {

  private final InMemoryCellCache cache = new InMemoryCellCache();

  @Override
  protected CellCache cache() {
    return cache;
  }

  @Override
  protected void flush() {
    cache.flush();
  }
}
