package accounts.store.dynamodb;

import accounts.store.AccountStore;
import accounts.store.DeletionStore;
import accounts.store.DeletionStoreContract;
import java.time.Duration;
import java.time.InstantSource;

final class DynamoDbDeletionStoreTest extends DeletionStoreContract {

  private final LocalTable table = new LocalTable();
  private final AccountStore store = table.store(InstantSource.system());
  private final DeletionStore deletions =
      new DynamoDbDeletionStore(LocalTable.client(), table.name, Duration.ofSeconds(20));

  @Override
  protected DeletionStore deletions() {
    return deletions;
  }

  @Override
  protected AccountStore store() {
    return store;
  }
}
