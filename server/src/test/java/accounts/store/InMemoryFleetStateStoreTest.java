package accounts.store;

final class InMemoryFleetStateStoreTest extends FleetStateStoreContract {

  private final FleetStateStore store = new InMemoryFleetStateStore();

  @Override
  protected FleetStateStore store() {
    return store;
  }
}
