package accounts.store.dynamodb;

import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.store.AccountStore;
import accounts.store.DirectoryStore;
import accounts.store.DirectoryStoreContract;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;

final class DynamoDbDirectoryStoreTest extends DirectoryStoreContract {

  @AutoClose private final LocalTable table = new LocalTable();
  private final AccountStore store = table.store(InstantSource.system());
  private final DirectoryStore directory =
      new DynamoDbDirectoryStore(table.client(), table.name, Duration.ofSeconds(20));

  @Override
  protected DirectoryStore directory() {
    return directory;
  }

  @Override
  protected AccountStore store() {
    return store;
  }

  @Override
  protected void loseEntry(AccountKey<?> key) {
    table.delete(ItemKeys.directoryOf(AccountKind.of(key), key.name().charAt(0)), key.name());
  }

  @Override
  protected void leaveEntry(AccountKey<?> key) {
    table
        .client()
        .putItem(put -> put.tableName(table.name).item(DirectoryEntries.named(key)))
        .join();
  }
}
