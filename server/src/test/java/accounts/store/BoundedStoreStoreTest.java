package accounts.store;

final class BoundedStoreStoreTest extends AccountStoreContract {

  private final AccountStore store = new BoundedStore(new InMemoryAccountStore(), 100, 100);

  @Override
  protected AccountStore store() {
    return store;
  }
}
