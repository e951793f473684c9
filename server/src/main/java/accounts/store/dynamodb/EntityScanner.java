package accounts.store.dynamodb;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.store.EntityPage;
import accounts.store.ScanPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads the table from one end to the other, and picks the users, organizations, memberships. */
final class EntityScanner {

  private static final Logger log = LoggerFactory.getLogger(EntityScanner.class);

  private static final Map<String, AttributeValue> PARTITIONS = partitions();
  private static final String FILTER =
      "attribute_not_exists(%s) AND (%s)"
          .formatted(
              Items.REMOVED,
              String.join(
                  " OR ",
                  PARTITIONS.keySet().stream()
                      .map(name -> "begins_with(" + ItemKeys.PK + ", " + name + ")")
                      .toList()));

  private final DynamoDbAsyncClient client;
  private final String table;

  EntityScanner(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  CompletableFuture<EntityPage> scan(Optional<ScanPosition> after, int limit, Duration time) {
    ScanRequest.Builder request =
        ScanRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .limit(limit)
            .filterExpression(FILTER)
            .expressionAttributeValues(PARTITIONS)
            .overrideConfiguration(o -> o.apiCallTimeout(time));
    after.ifPresent(last -> request.exclusiveStartKey(ItemKeys.key(last.partition(), last.sort())));
    return client.scan(request.build()).thenApply(EntityScanner::page);
  }

  private static EntityPage page(ScanResponse response) {
    List<Entity> entities = new ArrayList<>(response.items().size());
    List<IllegalStateException> faults = new ArrayList<>();
    for (Map<String, AttributeValue> item : response.items()) {
      try {
        entity(item).ifPresent(entities::add);
      } catch (IllegalStateException e) {
        faults.add(e);
      }
    }
    report(faults);
    return new EntityPage(entities, next(response.lastEvaluatedKey()));
  }

  /** Somebody else's item may have a key that only begins like one of ours. */
  private static Optional<Entity> entity(Map<String, AttributeValue> item) {
    return ItemKeys.entityOf(item).map(key -> Items.entity((EntityKey<?>) key, new Item(item)));
  }

  /** One item that was changed by hand must not keep everything else from being read. */
  private static void report(List<IllegalStateException> faults) {
    if (!faults.isEmpty()) {
      log.warn(
          "{} items are not understood and left out of a list of everything (which: see DEBUG)",
          faults.size());
      faults.forEach(fault -> log.debug("item not understood", fault));
    }
  }

  private static Optional<ScanPosition> next(Map<String, AttributeValue> last) {
    return last.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ScanPosition(new Item(last).text(ItemKeys.PK), new Item(last).text(ItemKeys.SK)));
  }

  private static Map<String, AttributeValue> partitions() {
    Map<String, AttributeValue> values = new HashMap<>();
    for (String prefix : ItemKeys.ENTITY_PARTITIONS) {
      values.put(":prefix" + values.size(), Items.text(prefix));
    }
    return Map.copyOf(values);
  }
}
