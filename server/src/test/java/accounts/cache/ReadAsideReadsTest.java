package accounts.cache;

import accounts.store.AccountStore;
import accounts.store.InMemoryAccountStore;

final class ReadAsideReadsTest extends AccountReadsContract {

  private final AccountStore store = new InMemoryAccountStore();
  private final RecordingAccountCache cache = new RecordingAccountCache(new InMemoryAccountCache());
  private final AccountReads reads = new ReadAside(cache, store, System::nanoTime);

  @Override
  protected AccountReads reads() {
    return reads;
  }

  @Override
  protected AccountStore store() {
    return store;
  }
}
