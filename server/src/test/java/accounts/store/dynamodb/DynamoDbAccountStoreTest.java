package accounts.store.dynamodb;

import accounts.store.AccountStore;
import accounts.store.AccountStoreContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;

final class DynamoDbAccountStoreTest extends AccountStoreContract {

  @AutoClose private final LocalTable table = new LocalTable();
  private final AccountStore store = table.store(InstantSource.system());

  @Override
  protected AccountStore store() {
    return store;
  }
}
