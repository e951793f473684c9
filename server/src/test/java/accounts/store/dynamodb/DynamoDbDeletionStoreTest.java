package accounts.store.dynamodb;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.store.AccountStore;
import accounts.store.Change;
import accounts.store.DeletionStore;
import accounts.store.DeletionStoreContract;
import accounts.store.OpenDeletion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class DynamoDbDeletionStoreTest extends DeletionStoreContract {

  @AutoClose private final LocalTable table = new LocalTable();
  private final AccountStore store = table.store(InstantSource.system());
  private final DeletionStore deletions =
      new DynamoDbDeletionStore(table.client(), table.name, Duration.ofSeconds(20));

  @Override
  protected DeletionStore deletions() {
    return deletions;
  }

  @Override
  protected AccountStore store() {
    return store;
  }

  /** Somebody has put it there by hand. */
  @Test
  void open_oneIsMalformed_returnsTheOthers() {
    commit(new Change.NoteDeletion(note(user("alice"))));
    table
        .client()
        .putItem(put ->
            put.tableName(table.name)
                .item(
                    Map.of(
                        ItemKeys.PK,
                        Items.text(ItemKeys.DELETIONS),
                        ItemKeys.SK,
                        Items.text("a"),
                        "progress",
                        Items.text("half"))))
        .join();

    assertThat(open(10)).extracting(OpenDeletion::key).containsExactly(userKey("alice"));
  }
}
