package accounts.store;

import java.time.Duration;

final class BoundedStoreStoreTest extends AccountStoreContract {

  private final AccountStore store =
      new BoundedStore(
          new InMemoryAccountStore(),
          AdmissionQueue.adaptive("queue", 100, 100, 100, Duration.ofSeconds(2), System::nanoTime));

  @Override
  protected AccountStore store() {
    return store;
  }
}
