package accounts.store.dynamodb;

import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.Revision;
import accounts.store.Notice;
import accounts.store.NoticeStore;
import accounts.store.NoticeStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDbNoticeStoreTest extends NoticeStoreContract {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Far ahead: DynamoDB Local deletes what has expired by its own clock. */
  private static final Instant NOW = Instant.parse("2046-01-31T12:00:00Z");

  @AutoClose private final LocalTable table = new LocalTable();
  private final NoticeStore store =
      new DynamoDbNoticeStore(table.client(), table.name, TIMEOUT, InstantSource.fixed(NOW));

  @Override
  protected NoticeStore store() {
    return store;
  }

  private Map<String, AttributeValue> item() {
    return table.item("NOTICE#n1", "NOTICE#n1");
  }

  @Test
  void leave_item_holdsTheNoticeAndExpires() {
    store.leave(NOTICE, scope()).join();

    assertThat(TableItems.isNotice(item())).isTrue();
    assertThat(TableItems.openNotice(item())).contains(NOTICE);
    assertThat(item())
        .containsEntry("expires", Items.number(NOW.plusSeconds(3600).getEpochSecond()));
  }

  @Test
  void markDone_item_holdsNoOpenNotice() {
    store.leave(NOTICE, scope()).join();
    store.markDone("n1", scope()).join();

    assertThat(TableItems.openNotice(item())).isEmpty();
    assertThat(TableItems.entity(item())).isEmpty();
  }

  @Test
  void openNotice_keyOfNoEntity_saysWhatIsWrong() {
    Map<String, AttributeValue> item =
        new HashMap<>(NoticeItems.item(new Notice("n1", Map.of()), NOW));
    item.put("keys", AttributeValue.fromL(List.of(AttributeValue.fromM(ItemKeys.both("X#1")))));

    assertThatThrownBy(() -> TableItems.openNotice(item))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NOTICE#n1")
        .hasMessageContaining("keys of entities");
  }

  @Test
  void anyCall_storeThrottles_failsAsStoresDo() {
    CannedDynamoDb canned =
        new CannedDynamoDb().error(400, "ProvisionedThroughputExceededException");
    NoticeStore throttled =
        new DynamoDbNoticeStore(canned.client(), "table", TIMEOUT, InstantSource.fixed(NOW));

    assertThat(
            List.<CompletableFuture<?>>of(
                throttled.leave(
                    new Notice("n1", Map.of(userKey("olivia"), Revision.FIRST)), scope()),
                throttled.markDone("n1", scope()),
                throttled.isDone("n1", scope())))
        .allSatisfy(call ->
            assertThat(call)
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                    AccountException.class,
                    failure ->
                        assertThat(failure.error())
                            .isInstanceOf(AccountError.StoreThrottled.class)));
  }
}
