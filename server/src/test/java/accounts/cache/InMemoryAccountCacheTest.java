package accounts.cache;

final class InMemoryAccountCacheTest extends AccountCacheContract {

  private final InMemoryAccountCache cache = new InMemoryAccountCache();

  @Override
  protected AccountCache cache() {
    return cache;
  }

  @Override
  protected void flush() {
    cache.flush();
  }
}
