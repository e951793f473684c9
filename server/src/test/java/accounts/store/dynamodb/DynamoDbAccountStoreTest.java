package accounts.store.dynamodb;

import accounts.store.AccountStore;
import accounts.store.AccountStoreContract;
import java.time.InstantSource;

final class DynamoDbAccountStoreTest extends AccountStoreContract {

  private final AccountStore store = new LocalTable().store(InstantSource.system());

  @Override
  protected AccountStore store() {
    return store;
  }
}
