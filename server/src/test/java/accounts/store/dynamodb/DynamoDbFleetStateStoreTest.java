package accounts.store.dynamodb;

import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.local.LocalDynamoDb;
import accounts.store.FleetSettings;
import accounts.store.FleetState;
import accounts.store.FleetStateStore;
import accounts.store.FleetStateStore.Found;
import accounts.store.FleetStateStoreContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDbFleetStateStoreTest extends FleetStateStoreContract {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int COPIES = 3;
  private static final FleetState STATE =
      state("first", 10, new FleetSettings(3, "accounts", Duration.ofSeconds(1), COPIES));

  private static final LocalDynamoDb SERVER = LocalDynamoDb.start();
  private static final DynamoDbAsyncClient CLIENT =
      DynamoDbClients.forEpochs(LocalTable.clientOf(SERVER.endpoint()), TIMEOUT).build();

  private final LocalTable table = new LocalTable(SERVER);
  private final FleetStateStore store = store(COPIES, 1);

  @AfterAll
  static void close() {
    CLIENT.close();
    SERVER.close();
  }

  @Override
  protected FleetStateStore store() {
    return store;
  }

  private FleetStateStore store(int copies, int own) {
    UUID instance = new UUID(0, own); // its hash code is the number
    return new DynamoDbFleetStateStore(CLIENT, table.name, copies, instance, TIMEOUT);
  }

  @Test
  void replaceAndRaise_severalCopies_changeAll() {
    store.replace(Optional.empty(), STATE, scope()).join();
    store.raise(STATE, Set.of(15), scope()).join();

    for (int copy = 0; copy < COPIES; copy++) {
      assertThat(item(copy))
          .containsEntry("incarnation", fromS("first"))
          .containsEntry("0e", fromN("10"))
          .doesNotContainEntry("0f", fromN("10"));
      assertThat(store(COPIES, copy).read(scope()).join()).isEqualTo(store.read(scope()).join());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0f, N, 0",
    "0f, N, -3",
    "0f, N, 1.5",
    "0f, S, 17",
    "ff, , ",
    "tableId, , ",
    "tableId, S, ''",
    "cache, N, 1",
    "leaseMillis, N, 0",
    "copies, , ",
    "cellFormat, S, three",
  })
  void read_damaged_isNoStateOfThatIncarnation(String attribute, String type, String value) {
    store.replace(Optional.empty(), STATE, scope()).join();
    damage(1, attribute, type, value);

    assertThat(store.read(scope()).join())
        .isEqualTo(new Found(Optional.of("first"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"incarnation, N, 1", "incarnation, , "})
  void replace_incarnationDamaged_isAsIfThereWereNone(String attribute, String type, String value) {
    store.replace(Optional.empty(), STATE, scope()).join();
    damage(1, attribute, type, value);

    assertThat(store.read(scope()).join()).isEqualTo(new Found(Optional.empty(), Optional.empty()));
    assertThat(store.replace(Optional.empty(), named("second"), scope()).join()).isTrue();
    assertThat(store.readAll(scope()).join().state()).contains(named("second"));
  }

  private void damage(int copy, String attribute, String type, String value) {
    Map<String, AttributeValue> item = new HashMap<>(item(copy));
    if (type == null) {
      item.remove(attribute);
    } else {
      item.put(attribute, type.equals("N") ? fromN(value) : fromS(value));
    }
    table.put(item);
  }

  // Only one copy was deleted or damaged: all copies are replaced, whatever the others hold.
  @Test
  void replace_ownCopyLost_replacesAll() {
    store.replace(Optional.empty(), STATE, scope()).join();
    delete(1);

    assertThat(store.read(scope()).join()).isEqualTo(new Found(Optional.empty(), Optional.empty()));
    assertThat(store.replace(Optional.empty(), named("second"), scope()).join()).isTrue();
    assertThat(store.readAll(scope()).join().state()).contains(named("second"));
  }

  @Test
  void readAll_anotherCopyLost_isDamage() {
    store.replace(Optional.empty(), STATE, scope()).join();
    delete(2);

    assertThat(store.read(scope()).join().state()).contains(STATE);
    assertThat(store.raise(STATE, Set.of(1), scope()).join()).isFalse();
    assertThat(store.readAll(scope()).join())
        .isEqualTo(new Found(Optional.of("first"), Optional.empty()));
  }

  @Test
  void readAll_copiesDiffer_isDamage() {
    store.replace(Optional.empty(), STATE, scope()).join();
    damage(2, "0f", "N", "11");

    assertThat(store.readAll(scope()).join())
        .isEqualTo(new Found(Optional.of("first"), Optional.empty()));
  }

  // An instance that is to have more copies than its fleet must hear of the difference.
  @Test
  void read_fleetHasFewerCopies_isTheFleets() {
    store.replace(Optional.empty(), STATE, scope()).join();
    FleetStateStore odd = store(COPIES + 2, COPIES + 1);

    assertThat(odd.read(scope()).join().state()).contains(STATE);
    assertThat(odd.readAll(scope()).join().state()).contains(STATE);
  }

  @Test
  void item_largestEpochs_isBelow4Kb() {
    FleetSettings settings =
        new FleetSettings(
            Integer.MAX_VALUE, "c".repeat(500), Duration.ofMillis(Long.MAX_VALUE), 100);
    FleetState largest = state("i".repeat(16), Long.MAX_VALUE, settings);
    Map<String, AttributeValue> item = FleetItem.item(99, largest);

    assertThat(sizeOf(item)).isLessThan(4096);
    assertThat(sizeOf(FleetItem.item(0, state("i".repeat(16), 1L << 40)))).isLessThan(3100);
  }

  /**
   * As in DynamoDB's documentation: names and texts by their bytes in UTF-8, numbers by a byte for
   * every two digits and one more.
   */
  private static int sizeOf(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(attribute -> bytes(attribute.getKey()) + sizeOf(attribute.getValue()))
        .sum();
  }

  private static int sizeOf(AttributeValue value) {
    return value.n() == null ? bytes(value.s()) : (value.n().length() + 1) / 2 + 1;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void new_copiesOutOfBounds_areRefused() {
    assertThatThrownBy(() -> store(0, 0)).hasMessage("copies: 0 (expected: 1-100)");
    assertThatThrownBy(() -> store(101, 0)).hasMessage("copies: 101 (expected: 1-100)");
  }

  @Test
  void anyCall_storeThrottles_failsAsStoresDo() {
    FleetStateStore throttled =
        on(new CannedDynamoDb().error(400, "ProvisionedThroughputExceededException"));

    assertThat(throttled.read(scope())).satisfies(DynamoDbFleetStateStoreTest::isThrottled);
    assertThat(throttled.readAll(scope())).satisfies(DynamoDbFleetStateStoreTest::isThrottled);
    assertThat(throttled.replace(Optional.empty(), STATE, scope()))
        .satisfies(DynamoDbFleetStateStoreTest::isThrottled);
    assertThat(throttled.raise(STATE, Set.of(1), scope()))
        .satisfies(DynamoDbFleetStateStoreTest::isThrottled);
  }

  // The other transaction is half done: what is unmet may be met when it is undone.
  @Test
  void raise_unmetAndContended_isNotSaidToBeUnmet() {
    FleetStateStore contended =
        on(new CannedDynamoDb().cancelled("TransactionConflict", "ConditionalCheckFailed", "None"));

    assertThat(contended.raise(STATE, Set.of(1), scope()))
        .satisfies(DynamoDbFleetStateStoreTest::isThrottled);
  }

  private static FleetStateStore on(CannedDynamoDb wire) {
    return new DynamoDbFleetStateStore(wire.client(), "table", COPIES, UUID.randomUUID(), TIMEOUT);
  }

  private static void isThrottled(CompletableFuture<?> call) {
    assertThat(call)
        .failsWithin(TIMEOUT)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            AccountException.class,
            failure -> assertThat(failure.error()).isInstanceOf(AccountError.StoreThrottled.class));
  }

  private static FleetState named(String incarnation) {
    return new FleetState(incarnation, STATE.tableId(), STATE.settings(), STATE.epochs());
  }

  private Map<String, AttributeValue> item(int copy) {
    return table.item("FLEET#" + copy, "FLEET#" + copy);
  }

  private void delete(int copy) {
    CLIENT.deleteItem(delete -> delete.tableName(table.name).key(FleetItem.key(copy))).join();
  }

  private static CallScope scope() {
    return CallScope.of(TIMEOUT);
  }
}
