package accounts.cache;

final class CacheLinkTest extends CellCacheContract {

  private final InMemoryCellCache memory = new InMemoryCellCache();
  private final CacheLink link = new CacheLink(memory);

  @Override
  protected CellCache cache() {
    return link;
  }

  @Override
  protected void flush() {
    memory.flush();
  }
}
