package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.store.FeedBlock;
import accounts.store.FeedChange;
import accounts.store.FeedWriter.Fence;
import accounts.store.FeedWriter.FencedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The transaction that appends a block to a partition of the feed.
 *
 * @param retention how long blocks are kept
 * @param clock dates blocks and their expiry
 */
record FeedTransaction(
    DynamoDbAsyncClient client,
    String table,
    StoreCalls calls,
    Duration retention,
    InstantSource clock) {

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";
  private static final int FENCE = 0;
  private static final int HEAD = 1;

  /** What became of a transaction. */
  sealed interface Result {

    /** The block is at this position. */
    record Appended(long position) implements Result {}

    /** Somebody else appended: this is the last position now. */
    record Moved(long position) implements Result {}

    /** Somebody else is appending; nothing was done. */
    record Contended() implements Result {}
  }

  /** Returns the position of a partition's last block; 0 if there was none ever. */
  CompletableFuture<Long> last(int partition, CallScope scope) {
    return new DynamoDbChangeFeed(client, table, calls.timeout()).last(partition, scope);
  }

  /**
   * Puts a block after a position.
   *
   * @return fails with {@link FencedException} if the fence does not hold
   */
  CompletableFuture<Result> put(
      int partition, long after, List<FeedChange> changes, Fence fence, CallScope scope) {
    FeedBlock block = new FeedBlock(after + 1, clock.instant(), changes);
    List<TransactWriteItem> items =
        List.of(check(fence), moveHead(partition, after), putBlock(partition, block));
    // The token makes the SDK's own retries harmless: DynamoDB knows them by it.
    String token = UUID.randomUUID().toString();
    return calls.run(
        scope,
        time ->
            client
                .transactWriteItems(write ->
                    write
                        .transactItems(items)
                        .clientRequestToken(token)
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .<Result>thenApply(response -> new Result.Appended(block.position()))
                .exceptionallyCompose(failure -> refused(fence, failure)));
  }

  private TransactWriteItem check(Fence fence) {
    return TransactWriteItem.builder()
        .conditionCheck(check ->
            check
                .tableName(table)
                .key(ItemKeys.both(fence.item()))
                .conditionExpression("#fence = :value")
                .expressionAttributeNames(Map.of("#fence", fence.attribute()))
                .expressionAttributeValues(Map.of(":value", Items.text(fence.value()))))
        .build();
  }

  private TransactWriteItem moveHead(int partition, long after) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":next", Items.number(after + 1));
    if (after > 0) {
      values.put(":after", Items.number(after));
    }
    return TransactWriteItem.builder()
        .update(update ->
            update
                .tableName(table)
                .key(ItemKeys.feedHead(partition))
                .updateExpression("SET #last = :next")
                .conditionExpression(
                    after > 0 ? "#last = :after" : "attribute_not_exists(" + ItemKeys.PK + ")")
                .expressionAttributeNames(Map.of("#last", FeedItems.LAST))
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private TransactWriteItem putBlock(int partition, FeedBlock block) {
    return TransactWriteItem.builder()
        .put(put -> put.tableName(table).item(FeedItems.item(partition, block, retention)))
        .build();
  }

  private static CompletableFuture<Result> refused(Fence fence, Throwable failure) {
    if (!(StoreErrors.unwrapped(failure) instanceof TransactionCanceledException cancelled)) {
      return CompletableFuture.failedFuture(failure);
    }
    List<CancellationReason> reasons = cancelled.cancellationReasons();
    if (StoreErrors.isContended(cancelled)) {
      return CompletableFuture.completedFuture(new Result.Contended());
    }
    if (CONDITION_FAILED.equals(reasons.get(FENCE).code())) {
      return CompletableFuture.failedFuture(new FencedException(fence));
    }
    return CONDITION_FAILED.equals(reasons.get(HEAD).code())
        ? CompletableFuture.completedFuture(
            new Result.Moved(FeedItems.last(new Item(reasons.get(HEAD).item()))))
        : CompletableFuture.failedFuture(failure);
  }
}
