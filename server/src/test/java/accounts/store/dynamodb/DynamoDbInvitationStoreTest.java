package accounts.store.dynamodb;

import accounts.store.AccountStore;
import accounts.store.DeletionStore;
import accounts.store.InvitationStore;
import accounts.store.InvitationStoreContract;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;

final class DynamoDbInvitationStoreTest extends InvitationStoreContract {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @AutoClose private final LocalTable table = new LocalTable();
  private final AccountStore store = table.store(InstantSource.system());
  private final InvitationStore invitations =
      new DynamoDbInvitationStore(table.client(), table.name, TIMEOUT);
  private final DeletionStore deletions =
      new DynamoDbDeletionStore(table.client(), table.name, TIMEOUT);

  @Override
  protected InvitationStore invitations() {
    return invitations;
  }

  @Override
  protected AccountStore store() {
    return store;
  }

  @Override
  protected DeletionStore deletions() {
    return deletions;
  }
}
