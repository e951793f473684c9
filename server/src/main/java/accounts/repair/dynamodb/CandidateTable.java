package accounts.repair.dynamodb;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.store.dynamodb.TableItems;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The numbered slots of the instances that may read the stream, all in one item. Each slot has
 * attributes of its own, so that instances do not conflict.
 */
final class CandidateTable {

  /**
   * Enough that every shard's owner has others to hand it over to, and few enough to cost little.
   */
  static final int SLOTS = 16;

  private static final Map<String, AttributeValue> KEY = TableItems.key("STREAM#candidates");
  private static final String INSTANCE = "instance";
  private static final String COUNTER = "counter";
  private static final String ACTIVE = "active";

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Duration timeout;

  /**
   * The holder of a slot.
   *
   * @param counter incremented with every renewal, which shows others that the instance is alive
   * @param active whether, as far as this instance knew, every shard was being read
   */
  record Candidate(String instance, long counter, boolean active) {}

  /**
   * @param timeout longest time for one call
   */
  CandidateTable(DynamoDbAsyncClient client, String table, Duration timeout) {
    this.client = client;
    this.table = table;
    this.timeout = timeout;
  }

  /**
   * Returns the holders of the slots. May be slightly out of date; {@link #take} is conditional.
   */
  CompletableFuture<Map<Integer, Candidate>> read() {
    return CallScope.of(timeout)
        .run(
            timeout,
            time ->
                client.getItem(get ->
                    get.tableName(table)
                        .key(KEY)
                        .overrideConfiguration(o -> o.apiCallTimeout(time))))
        .thenApply(response -> candidates(response.item()));
  }

  private static Map<Integer, Candidate> candidates(Map<String, AttributeValue> item) {
    Map<Integer, Candidate> candidates = new HashMap<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      AttributeValue instance = item.get(INSTANCE + slot);
      AttributeValue counter = item.get(COUNTER + slot);
      AttributeValue active = item.get(ACTIVE + slot);
      if (instance != null && counter != null && active != null) {
        candidates.put(
            slot,
            new Candidate(
                instance.s(), Long.parseLong(counter.n()), Boolean.TRUE.equals(active.bool())));
      }
    }
    return candidates;
  }

  /**
   * Takes a slot if its holder is still the one that was seen.
   *
   * @param seen the holder that was seen; empty if the slot was free
   * @return whether the instance holds it now
   */
  CompletableFuture<Boolean> take(int slot, Optional<Candidate> seen, String instance) {
    return update(
        slot,
        "SET #instance = :me, #counter = :counter, #active = :false",
        seen.isPresent()
            ? "#instance = :seen AND #counter = :stood"
            : "attribute_not_exists(#instance)",
        values -> {
          values.put(":me", AttributeValue.fromS(instance));
          values.put(":counter", number(seen.map(Candidate::counter).orElse(0L) + 1));
          values.put(":false", AttributeValue.fromBool(false));
          seen.ifPresent(holder -> {
            values.put(":seen", AttributeValue.fromS(holder.instance()));
            values.put(":stood", number(holder.counter()));
          });
          return values;
        });
  }

  /**
   * Renews a slot.
   *
   * @return whether it is still the instance's
   */
  CompletableFuture<Boolean> renew(int slot, String instance, boolean active) {
    return update(
        slot,
        "SET #counter = #counter + :one, #active = :active",
        "#instance = :me",
        values -> {
          values.put(":me", AttributeValue.fromS(instance));
          values.put(":one", number(1));
          values.put(":active", AttributeValue.fromBool(active));
          return values;
        });
  }

  /** Releases a slot; does nothing if another instance holds it already. */
  CompletableFuture<Boolean> release(int slot, String instance) {
    return update(
        slot,
        "REMOVE #instance, #counter, #active",
        "#instance = :me",
        values -> {
          values.put(":me", AttributeValue.fromS(instance));
          return values;
        });
  }

  /**
   * @return whether the condition held
   */
  private CompletableFuture<Boolean> update(
      int slot,
      String update,
      String condition,
      UnaryOperator<Map<String, AttributeValue>> values) {
    UpdateItemRequest.Builder request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(KEY)
            .updateExpression(update)
            .conditionExpression(condition)
            .expressionAttributeNames(names(slot, update + condition))
            .expressionAttributeValues(values.apply(new HashMap<>()));
    return CallScope.of(timeout)
        .run(
            timeout,
            time ->
                client.updateItem(
                    request.overrideConfiguration(o -> o.apiCallTimeout(time)).build()))
        .thenApply(response -> true)
        .exceptionallyCompose(CandidateTable::refused);
  }

  /** DynamoDB refuses names that no expression uses. */
  private static Map<String, String> names(int slot, String expressions) {
    Map<String, String> names = new HashMap<>();
    for (String attribute : new String[] {INSTANCE, COUNTER, ACTIVE}) {
      if (expressions.contains("#" + attribute)) {
        names.put("#" + attribute, attribute + slot);
      }
    }
    return names;
  }

  private static CompletableFuture<Boolean> refused(Throwable failure) {
    return Futures.cause(failure) instanceof ConditionalCheckFailedException
        ? CompletableFuture.completedFuture(false)
        : CompletableFuture.failedFuture(failure);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
