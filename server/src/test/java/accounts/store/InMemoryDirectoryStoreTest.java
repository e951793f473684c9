package accounts.store;

import accounts.domain.EntityKey.AccountKey;

final class InMemoryDirectoryStoreTest extends DirectoryStoreContract {

  private final InMemoryAccountStore store = new InMemoryAccountStore();

  @Override
  protected DirectoryStore directory() {
    return store;
  }

  @Override
  protected AccountStore store() {
    return store;
  }

  @Override
  protected void loseEntry(AccountKey<?> key) {
    store.loseEntry(key);
  }

  @Override
  protected void leaveEntry(AccountKey<?> key) {
    store.leaveEntry(key);
  }
}
