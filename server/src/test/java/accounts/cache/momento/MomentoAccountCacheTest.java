package accounts.cache.momento;

import accounts.cache.AccountCache;
import accounts.cache.AccountCacheContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

final class MomentoAccountCacheTest extends AccountCacheContract {

  private final LocalMomento momento = new LocalMomento();
  private final AccountCache cache = momento.cache(Duration.ofSeconds(10));

  @Override
  protected AccountCache cache() {
    return cache;
  }

  @Override
  protected void flush() {
    momento.server.flush(LocalMomento.CACHE);
  }

  @AfterEach
  void close() {
    momento.close();
  }
}
