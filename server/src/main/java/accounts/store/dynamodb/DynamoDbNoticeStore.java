package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.store.Notice;
import accounts.store.NoticeStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** {@link NoticeStore} in the table, one item for each notice, delivered by the table's stream. */
public final class DynamoDbNoticeStore implements NoticeStore {

  /** Writers wait for seconds only; an hour lets people inspect notices. */
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final DynamoDbAsyncClient client;
  private final String table;
  private final StoreCalls calls;
  private final Reader reader;
  private final InstantSource clock;

  /**
   * @param client stays the caller's to close; see {@link DynamoDbClients}
   * @param timeout longest time for one operation, retries included
   * @param clock dates the expiry of notices
   */
  public DynamoDbNoticeStore(
      DynamoDbAsyncClient client, String table, Duration timeout, InstantSource clock) {
    this.client = client;
    this.table = table;
    this.calls = new StoreCalls(timeout);
    this.reader = new Reader(client, table);
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Void> leave(Notice notice, CallScope scope) {
    Instant expires = clock.instant().plus(LIFETIME);
    return calls.run(
        scope,
        time ->
            client
                .putItem(put ->
                    put.tableName(table)
                        .item(NoticeItems.item(notice, expires))
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenAccept(response -> {}));
  }

  /** A notice that expired is not created again: nobody waits for it. */
  @Override
  public CompletableFuture<Void> markDone(String id, CallScope scope) {
    return calls.run(
        scope,
        time ->
            client
                .updateItem(update ->
                    update
                        .tableName(table)
                        .key(NoticeItems.key(id))
                        .conditionExpression("attribute_exists(#key)")
                        .updateExpression("SET #done = :true")
                        .expressionAttributeNames(
                            Map.of("#key", ItemKeys.PK, "#done", NoticeItems.DONE))
                        .expressionAttributeValues(Map.of(":true", AttributeValue.fromBool(true)))
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenAccept(response -> {})
                .exceptionallyCompose(DynamoDbNoticeStore::unlessGone));
  }

  private static CompletableFuture<Void> unlessGone(Throwable failure) {
    return StoreErrors.unwrapped(failure) instanceof ConditionalCheckFailedException
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(failure);
  }

  @Override
  public CompletableFuture<Boolean> isDone(String id, CallScope scope) {
    return calls.run(
        scope, time -> reader.item(NoticeItems.key(id), time).thenApply(NoticeItems::isDone));
  }
}
