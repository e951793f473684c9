package accounts.store.dynamodb;

import accounts.async.Futures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

/**
 * Checks that the table is as the store needs it; {@code docs/operations.md} has it as
 * CloudFormation.
 */
public final class TableCheck {

  private static final Logger log = LoggerFactory.getLogger(TableCheck.class);

  /**
   * For one check, so that a store that accepts a connection and does not answer cannot block the
   * start forever.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final Map<String, String> KEYS = Map.of(ItemKeys.PK, "HASH", ItemKeys.SK, "RANGE");

  private final DynamoDbAsyncClient client;
  private final String table;

  /**
   * The result of a check.
   *
   * @param id identifies the table, and differs after it was restored or created anew under its
   *     name; empty if there is no table
   * @param faults one line each; empty if there are none
   */
  public record Table(String id, List<String> faults) {}

  public TableCheck(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Returns the table's id and every fault of it. Fails if the store cannot be reached. */
  public CompletableFuture<Table> check() {
    return client
        .describeTable(describe ->
            describe.tableName(table).overrideConfiguration(o -> o.apiCallTimeout(TIMEOUT)))
        .thenApply(response -> new Table(id(response.table()), faults(response.table())))
        .thenCompose(found -> warnOfTimeToLive().thenApply(warned -> found))
        .exceptionallyCompose(failure ->
            StoreErrors.unwrapped(failure) instanceof ResourceNotFoundException
                ? CompletableFuture.completedFuture(new Table("", List.of(notThere())))
                : CompletableFuture.failedFuture(StoreErrors.translated(failure)));
  }

  private String notThere() {
    return "table %s (ACCOUNTS_TABLE): not there (expected: a table as in docs/operations.md)"
        .formatted(table);
  }

  /** DynamoDB Local has no table ids; its creation time is used instead. */
  private static String id(TableDescription description) {
    return description.tableId() == null
        ? "created " + description.creationDateTime()
        : description.tableId();
  }

  private List<String> faults(TableDescription description) {
    List<String> faults = new ArrayList<>();
    Map<String, String> keys =
        description.keySchema().stream()
            .collect(
                Collectors.toMap(
                    KeySchemaElement::attributeName, KeySchemaElement::keyTypeAsString));
    if (!keys.equals(KEYS)) {
      faults.add("table %s: key schema %s (expected: %s)".formatted(table, keys, KEYS));
    }
    for (AttributeDefinition attribute : description.attributeDefinitions()) {
      if (KEYS.containsKey(attribute.attributeName())
          && !"S".equals(attribute.attributeTypeAsString())) {
        faults.add(
            "table %s: type of %s is %s (expected: S)"
                .formatted(table, attribute.attributeName(), attribute.attributeTypeAsString()));
      }
    }
    return List.copyOf(faults);
  }

  /**
   * Without TTL request records and audit entries accumulate, but no answer is wrong: worth a
   * warning, not a reason to refuse to start.
   */
  private CompletableFuture<Void> warnOfTimeToLive() {
    return client
        .describeTimeToLive(describe ->
            describe.tableName(table).overrideConfiguration(o -> o.apiCallTimeout(TIMEOUT)))
        .handle((response, failure) -> {
          if (failure != null) {
            log.warn("time to live of table {} not checked: {}", table, Futures.describe(failure));
          } else if (!isOn(response.timeToLiveDescription())) {
            log.warn(
                "table {}: time to live is off (expected: on, by attribute {})",
                table,
                Items.EXPIRES);
          }
          return null;
        });
  }

  private static boolean isOn(TimeToLiveDescription description) {
    return Items.EXPIRES.equals(description.attributeName())
        && description.timeToLiveStatusAsString().startsWith("ENABL");
  }
}
