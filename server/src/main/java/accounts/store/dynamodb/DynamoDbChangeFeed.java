package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.store.ChangeFeed;
import accounts.store.FeedBlock;
import accounts.store.FeedPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** {@link ChangeFeed} in the table, one item for each block. */
public final class DynamoDbChangeFeed implements ChangeFeed {

  private final DynamoDbAsyncClient client;
  private final String table;
  private final StoreCalls calls;
  private final Reader reader;

  /**
   * @param client stays the caller's to close; see {@link DynamoDbClients}
   * @param timeout longest time for one operation, retries included
   */
  public DynamoDbChangeFeed(DynamoDbAsyncClient client, String table, Duration timeout) {
    this.client = client;
    this.table = table;
    this.calls = new StoreCalls(timeout);
    this.reader = new Reader(client, table);
  }

  @Override
  public CompletableFuture<Long> last(int partition, CallScope scope) {
    return calls.run(
        scope, time -> reader.item(ItemKeys.feedHead(partition), time).thenApply(FeedItems::last));
  }

  @Override
  public CompletableFuture<FeedPage> read(int partition, long after, int limit, CallScope scope) {
    return calls.run(
        scope,
        time ->
            client
                .query(query ->
                    query
                        .tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression(
                            ItemKeys.PK + " = :feed AND " + ItemKeys.SK + " > :after")
                        .expressionAttributeValues(
                            Map.of(
                                ":feed", Items.text(ItemKeys.feed(partition)),
                                ":after", Items.text(ItemKeys.feedSortKey(after))))
                        .limit(limit)
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenApply(response -> page(response, after)));
  }

  /**
   * The head is moved by the transaction that puts the block. But a query does not wait for the
   * rest of a transaction, so a block may be seen before the one that went before it.
   */
  private static FeedPage page(QueryResponse response, long after) {
    List<FeedBlock> blocks = new ArrayList<>();
    for (Map<String, AttributeValue> attributes : response.items()) {
      FeedBlock block = FeedItems.block(new Item(attributes));
      if (block.position() != after + blocks.size() + 1) {
        return new FeedPage(blocks, true, false);
      }
      blocks.add(block);
    }
    return new FeedPage(blocks, false, !response.lastEvaluatedKey().isEmpty());
  }
}
