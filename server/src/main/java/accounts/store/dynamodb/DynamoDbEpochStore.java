package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.store.EpochStore;
import accounts.store.Epochs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link EpochStore} in one item of the table: attribute {@code s7} is the epoch of shard 7. */
public final class DynamoDbEpochStore implements EpochStore {

  private static final Map<String, AttributeValue> KEY = ItemKeys.key("EPOCHS", "EPOCHS");

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Duration timeout;

  /**
   * @param timeout longest time for one operation
   */
  public DynamoDbEpochStore(DynamoDbAsyncClient client, String table, Duration timeout) {
    this.client = client;
    this.table = table;
    this.timeout = timeout;
  }

  @Override
  public CompletableFuture<Epochs> read(CallScope scope) {
    return run(
        scope,
        time ->
            client
                .getItem(get ->
                    get.tableName(table)
                        .key(KEY)
                        .consistentRead(true)
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenApply(response -> epochs(new Item(response.item()))));
  }

  private static Epochs epochs(Item item) {
    return new Epochs(
        IntStream.range(0, Epochs.SHARDS)
            .mapToObj(shard -> item.has(attribute(shard)) ? item.number(attribute(shard)) : 0L)
            .toList());
  }

  @Override
  public CompletableFuture<Void> raise(Set<Integer> shards, CallScope scope) {
    Map<String, String> names = new HashMap<>();
    shards.forEach(shard -> names.put("#" + attribute(shard), attribute(shard)));
    String update =
        shards.stream()
            .map(shard -> "#" + attribute(shard) + " :amount")
            .collect(Collectors.joining(", ", "ADD ", ""));
    return run(
        scope,
        time ->
            client
                .updateItem(write ->
                    write
                        .tableName(table)
                        .key(KEY)
                        .updateExpression(update)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(Map.of(":amount", Items.number(randomAmount())))
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenAccept(response -> {}));
  }

  /** Epochs that are lost with the table and raised again do not come by a number they had. */
  private static long randomAmount() {
    return ThreadLocalRandom.current().nextLong(1, 1L << 31);
  }

  private static String attribute(int shard) {
    return "s" + shard;
  }

  private <T> CompletableFuture<T> run(
      CallScope scope, Function<Duration, CompletableFuture<T>> operation) {
    return scope
        .run(timeout, operation)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(StoreErrors.translated(failure)));
  }
}
