package accounts.store;

final class InMemoryDeletionStoreTest extends DeletionStoreContract {

  private final InMemoryAccountStore store = new InMemoryAccountStore();

  @Override
  protected DeletionStore deletions() {
    return store;
  }

  @Override
  protected AccountStore store() {
    return store;
  }
}
