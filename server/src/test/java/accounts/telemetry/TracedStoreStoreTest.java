package accounts.telemetry;

import accounts.store.AccountStore;
import accounts.store.AccountStoreContract;
import accounts.store.InMemoryAccountStore;

final class TracedStoreStoreTest extends AccountStoreContract {

  private final AccountStore store = new TracedStore(new InMemoryAccountStore());

  @Override
  protected AccountStore store() {
    return store;
  }
}
