package accounts.metrics;

import accounts.store.AccountStore;
import accounts.store.AccountStoreContract;
import accounts.store.InMemoryAccountStore;

final class TimedStoreStoreTest extends AccountStoreContract {

  private final AccountStore store = new Metrics().timed(new InMemoryAccountStore());

  @Override
  protected AccountStore store() {
    return store;
  }
}
