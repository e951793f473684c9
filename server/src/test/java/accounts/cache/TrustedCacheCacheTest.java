package accounts.cache;

import accounts.store.Epochs;
import java.time.Duration;

final class TrustedCacheCacheTest extends AccountCacheContract {

  private final InMemoryAccountCache memory = new InMemoryAccountCache();
  private final EpochLease lease = new EpochLease(Duration.ofNanos(1), () -> 0);
  private final AccountCache cache = new TrustedCache(memory, lease);

  TrustedCacheCacheTest() {
    lease.confirm(Epochs.INITIAL, 0);
  }

  @Override
  protected AccountCache cache() {
    return cache;
  }

  @Override
  protected void flush() {
    memory.flush();
  }

  /** The one that it knows. */
  @Override
  protected long epoch() {
    return 0;
  }
}
