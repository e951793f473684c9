package accounts.repair.dynamodb;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.store.FeedWriter.Fence;
import accounts.store.dynamodb.TableItems;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The ownerships of the shards, one item each, changed only by conditional writes on their last
 * state.
 */
final class OwnershipTable {

  /** Twice the stream's retention: an ownership outlives its shard and is then deleted. */
  private static final Duration LIFETIME = Duration.ofDays(2);

  private static final int BATCH = 100;
  private static final String NAME = "STREAM#";
  private static final String OWNER = "owner";
  private static final String COUNTER = "counter";
  private static final String CHECKPOINT = "checkpoint";
  private static final String FINISHED = "finished";

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Duration timeout;
  private final InstantSource clock;

  /**
   * @param timeout longest time for one call
   * @param clock dates the expiry of ownerships whose shards are gone, and nothing else
   */
  OwnershipTable(DynamoDbAsyncClient client, String table, Duration timeout, InstantSource clock) {
    this.client = client;
    this.table = table;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** Returns the fence that holds as long as an instance owns a shard. */
  static Fence fence(String shard, String instance) {
    return new Fence(NAME + shard, OWNER, instance);
  }

  /**
   * Returns the existing ownerships by shard. May be slightly out of date; {@link #write} is
   * conditional.
   */
  CompletableFuture<Map<String, ShardOwnership>> read(Collection<String> shards) {
    List<String> left = List.copyOf(shards);
    if (left.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    int end = Math.min(BATCH, left.size());
    return batch(left.subList(0, end))
        .thenCombine(
            read(left.subList(end, left.size())),
            (first, others) -> {
              Map<String, ShardOwnership> all = new HashMap<>(first);
              all.putAll(others);
              return all;
            });
  }

  private CompletableFuture<Map<String, ShardOwnership>> batch(List<String> shards) {
    KeysAndAttributes keys =
        KeysAndAttributes.builder()
            .keys(shards.stream().map(shard -> TableItems.key(NAME + shard)).toList())
            .build();
    return CallScope.of(timeout)
        .run(
            timeout,
            time ->
                client.batchGetItem(get ->
                    get.requestItems(Map.of(table, keys))
                        .overrideConfiguration(o -> o.apiCallTimeout(time))))
        .thenApply(this::ownerships);
  }

  private Map<String, ShardOwnership> ownerships(BatchGetItemResponse response) {
    if (!response.unprocessedKeys().isEmpty()) {
      // An unprocessed key must not be mistaken for a shard without an ownership.
      throw new IllegalStateException("ownerships of shards left out of a batch");
    }
    Map<String, ShardOwnership> ownerships = new HashMap<>();
    response
        .responses()
        .getOrDefault(table, List.of())
        .forEach(item -> ownerships.put(shardOf(item), ownership(item)));
    return ownerships;
  }

  private static String shardOf(Map<String, AttributeValue> item) {
    return TableItems.name(item).substring(NAME.length());
  }

  /**
   * Changes an ownership, if it is still as expected.
   *
   * @param expected empty if there is none yet
   * @return whether it is now {@code next}
   */
  CompletableFuture<Boolean> write(
      String shard, Optional<ShardOwnership> expected, ShardOwnership next) {
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(table)
            .item(item(shard, next))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    expected.ifPresentOrElse(
        ownership -> ifUnchanged(put, ownership),
        () ->
            put.conditionExpression("attribute_not_exists(#counter)")
                .expressionAttributeNames(Map.of("#counter", COUNTER)));
    return CallScope.of(timeout)
        .run(
            timeout,
            time -> client.putItem(put.overrideConfiguration(o -> o.apiCallTimeout(time)).build()))
        .thenApply(response -> true)
        .exceptionallyCompose(failure -> refused(next, failure));
  }

  private static void ifUnchanged(PutItemRequest.Builder put, ShardOwnership ownership) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":counter", number(ownership.counter()));
    ownership.owner().ifPresent(owner -> values.put(":owner", AttributeValue.fromS(owner)));
    String owner =
        ownership.owner().isPresent() ? "#owner = :owner" : "attribute_not_exists(#owner)";
    put.conditionExpression("#counter = :counter AND " + owner)
        .expressionAttributeNames(Map.of("#counter", COUNTER, "#owner", OWNER))
        .expressionAttributeValues(values);
  }

  /**
   * If an answer was lost, the SDK's retry or the next renewal finds its own result. No other
   * instance writes this owner; a checkpoint that moved meanwhile is stored by the next renewal.
   */
  private static CompletableFuture<Boolean> refused(ShardOwnership next, Throwable failure) {
    return Futures.cause(failure) instanceof ConditionalCheckFailedException refusal
        ? CompletableFuture.completedFuture(
            refusal.hasItem() && ownership(refusal.item()).isSameAs(next))
        : CompletableFuture.failedFuture(failure);
  }

  private Map<String, AttributeValue> item(String shard, ShardOwnership ownership) {
    Map<String, AttributeValue> item = new HashMap<>(TableItems.key(NAME + shard));
    ownership.owner().ifPresent(owner -> item.put(OWNER, AttributeValue.fromS(owner)));
    item.put(COUNTER, number(ownership.counter()));
    ownership.checkpoint().ifPresent(at -> item.put(CHECKPOINT, AttributeValue.fromS(at)));
    item.put(FINISHED, AttributeValue.fromBool(ownership.finished()));
    item.put(TableItems.EXPIRES, number(clock.instant().plus(LIFETIME).getEpochSecond()));
    return item;
  }

  private static ShardOwnership ownership(Map<String, AttributeValue> item) {
    return new ShardOwnership(
        Optional.ofNullable(item.get(OWNER)).map(AttributeValue::s),
        Optional.ofNullable(item.get(COUNTER)).map(n -> Long.parseLong(n.n())).orElse(0L),
        Optional.ofNullable(item.get(CHECKPOINT)).map(AttributeValue::s),
        Optional.ofNullable(item.get(FINISHED)).map(AttributeValue::bool).orElse(false));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
