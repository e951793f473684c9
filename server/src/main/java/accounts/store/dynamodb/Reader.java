package accounts.store.dynamodb;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import accounts.store.Lookups;
import accounts.store.RequestRecord;
import accounts.store.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;

/** Consistent reads of entities by key. */
final class Reader {

  /** How often unprocessed keys of a batch are requested again. */
  private static final int MAX_ROUNDS = 4;

  /** What DynamoDB takes in one call. */
  private static final int MAX_KEYS = 100;

  private final DynamoDbAsyncClient client;
  private final String table;

  Reader(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, Duration time) {
    return keys.size() == 1 ? readOne(keys.iterator().next(), time) : readBatch(keys, time);
  }

  private CompletableFuture<Lookups> readOne(EntityKey<?> key, Duration time) {
    return item(ItemKeys.of(key), time)
        .thenApply(item -> {
          Lookups.Builder lookups = Lookups.builder();
          put(lookups, key, item);
          return lookups.build();
        });
  }

  /** Returns an item; one that is not {@linkplain Item#isPresent present} if there is none. */
  CompletableFuture<Item> item(Map<String, AttributeValue> key, Duration time) {
    return client
        .getItem(get ->
            get.tableName(table)
                .key(key)
                .consistentRead(true)
                .overrideConfiguration(o -> o.apiCallTimeout(time)))
        .thenApply(response -> new Item(response.item()));
  }

  private CompletableFuture<Lookups> readBatch(Collection<EntityKey<?>> keys, Duration time) {
    return items(keys.stream().map(ItemKeys::of).toList(), time)
        .thenApply(items -> {
          Lookups.Builder lookups = Lookups.builder();
          Item absent = new Item(Map.of());
          keys.forEach(key -> put(lookups, key, items.getOrDefault(ItemKeys.of(key), absent)));
          return lookups.build();
        });
  }

  /**
   * Returns those of some items that there are. One call after the other: a read has one place
   * among those that run at once.
   */
  CompletableFuture<Map<Map<String, AttributeValue>, Item>> items(
      List<Map<String, AttributeValue>> wanted, Duration time) {
    Map<Map<String, AttributeValue>, Item> items = new HashMap<>();
    CompletableFuture<Void> read = CompletableFuture.completedFuture(null);
    for (int from = 0; from < wanted.size(); from += MAX_KEYS) {
      var part = wanted.subList(from, Math.min(from + MAX_KEYS, wanted.size()));
      read = read.thenCompose(before -> collect(part, items, 1, time));
    }
    return read.thenApply(done -> items);
  }

  /** Reads items into {@code items}; unprocessed keys are requested again. */
  private CompletableFuture<Void> collect(
      List<Map<String, AttributeValue>> wanted,
      Map<Map<String, AttributeValue>, Item> items,
      int round,
      Duration time) {
    KeysAndAttributes request =
        KeysAndAttributes.builder().keys(wanted).consistentRead(true).build();
    return client
        .batchGetItem(get ->
            get.requestItems(Map.of(table, request))
                .overrideConfiguration(o -> o.apiCallTimeout(time)))
        .thenCompose(response -> {
          response
              .responses()
              .getOrDefault(table, List.of())
              .forEach(item -> items.put(keyOf(item), new Item(item)));
          List<Map<String, AttributeValue>> left = leftOut(response);
          if (left.isEmpty()) {
            return CompletableFuture.completedFuture(null);
          }
          return round < MAX_ROUNDS
              ? collect(left, items, round + 1, time)
              : CompletableFuture.failedFuture(throttled(left.size()));
        });
  }

  private List<Map<String, AttributeValue>> leftOut(BatchGetItemResponse response) {
    KeysAndAttributes left = response.unprocessedKeys().get(table);
    return left == null ? List.of() : left.keys();
  }

  // DynamoDB leaves keys out of a batch when their partition is over its throughput.
  private static ProvisionedThroughputExceededException throttled(int left) {
    return ProvisionedThroughputExceededException.builder()
        .message(left + " keys of a batch unprocessed after " + MAX_ROUNDS + " rounds")
        .statusCode(400)
        // Throttling is recognized by the error code, not by the class.
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode("ProvisionedThroughputExceededException").build())
        .build();
  }

  CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, Duration time) {
    List<EntityKey<?>> ordered = List.copyOf(keys);
    List<TransactGetItem> gets = new ArrayList<>();
    ordered.forEach(key -> gets.add(get(ItemKeys.of(key))));
    requestId.ifPresent(id -> gets.add(get(ItemKeys.of(id))));
    return client
        .transactGetItems(
            get -> get.transactItems(gets).overrideConfiguration(o -> o.apiCallTimeout(time)))
        .thenApply(response -> snapshot(ordered, requestId, response.responses()));
  }

  private static Snapshot snapshot(
      List<EntityKey<?>> keys, Optional<RequestId> requestId, List<ItemResponse> responses) {
    Lookups.Builder lookups = Lookups.builder();
    for (int i = 0; i < keys.size(); i++) {
      put(lookups, keys.get(i), new Item(responses.get(i).item()));
    }
    Optional<RequestRecord> record =
        requestId.flatMap(id -> record(id, new Item(responses.get(keys.size()).item())));
    return new Snapshot(lookups.build(), record);
  }

  private static Optional<RequestRecord> record(RequestId requestId, Item item) {
    return item.isPresent() ? Optional.of(Items.requestRecord(requestId, item)) : Optional.empty();
  }

  private TransactGetItem get(Map<String, AttributeValue> key) {
    return TransactGetItem.builder().get(Get.builder().tableName(table).key(key).build()).build();
  }

  private static <E extends Entity> void put(Lookups.Builder lookups, EntityKey<E> key, Item item) {
    lookups.put(key, Items.lookup(key, item));
  }

  static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
    return Map.of(
        ItemKeys.PK, item.get(ItemKeys.PK),
        ItemKeys.SK, item.get(ItemKeys.SK));
  }
}
