package accounts.store;

final class InMemoryEpochStoreTest extends EpochStoreContract {

  private final EpochStore store = new InMemoryEpochStore();

  @Override
  protected EpochStore store() {
    return store;
  }
}
