package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.store.FeedChange;
import accounts.store.FeedPartition;
import accounts.store.FeedWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * {@link FeedWriter} in the table. Each block is put by a transaction that moves the head of its
 * partition from the position before, so that positions have no gaps and never begin anew, also
 * when all blocks have expired; and that checks the fence.
 */
public final class DynamoDbFeedWriter implements FeedWriter {

  private final List<FeedLane> lanes;

  /**
   * @param client stays the caller's to close; see {@link DynamoDbClients}
   * @param timeout longest time for one operation, retries included
   * @param retention how long blocks are kept
   * @param clock dates blocks and their expiry
   */
  public DynamoDbFeedWriter(
      DynamoDbAsyncClient client,
      String table,
      Duration timeout,
      Duration retention,
      InstantSource clock) {
    FeedTransaction transaction =
        new FeedTransaction(client, table, new StoreCalls(timeout), retention, clock);
    this.lanes =
        IntStream.range(0, FeedPartition.COUNT)
            .mapToObj(partition -> new FeedLane(partition, transaction))
            .toList();
  }

  @Override
  public CompletableFuture<Void> append(List<FeedChange> changes, Fence fence, CallScope scope) {
    Map<Integer, List<FeedChange>> byPartition =
        changes.stream()
            .collect(Collectors.groupingBy(change -> FeedPartition.of(change.entity())));
    return CompletableFuture.allOf(
        byPartition.entrySet().stream()
            .map(entry -> lanes.get(entry.getKey()).append(entry.getValue(), fence, scope))
            .toArray(CompletableFuture<?>[]::new));
  }
}
