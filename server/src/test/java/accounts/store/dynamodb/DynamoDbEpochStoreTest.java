package accounts.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.store.EpochStore;
import accounts.store.EpochStoreContract;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DynamoDbEpochStoreTest extends EpochStoreContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final EpochStore store =
      new DynamoDbEpochStore(LocalTable.client(), new LocalTable().name, PATIENCE);

  @Override
  protected EpochStore store() {
    return store;
  }

  @Test
  void anyCall_storeThrottles_failsAsStoresDo() {
    CannedDynamoDb canned =
        new CannedDynamoDb().error(400, "ProvisionedThroughputExceededException");
    EpochStore throttled = new DynamoDbEpochStore(canned.client(), "table", PATIENCE);

    assertThat(throttled.read(CallScope.of(PATIENCE)))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            AccountException.class,
            failure -> assertThat(failure.error()).isInstanceOf(AccountError.StoreThrottled.class));
    assertThat(throttled.raise(Set.of(1), CallScope.of(PATIENCE)))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(AccountException.class);
  }
}
