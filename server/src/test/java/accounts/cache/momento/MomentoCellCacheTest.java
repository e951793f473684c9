package accounts.cache.momento;

import accounts.cache.CellCache;
import accounts.cache.CellCacheContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

final class MomentoCellCacheTest extends CellCacheContract {

  private final LocalMomento momento = new LocalMomento();
  private final CellCache cache = momento.cache(Duration.ofSeconds(10));

  @Override
  protected CellCache cache() {
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
