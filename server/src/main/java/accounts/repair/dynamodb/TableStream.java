package accounts.repair.dynamodb;

import accounts.async.CallScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/** The DynamoDB stream of a table. */
final class TableStream {

  private final DynamoDbAsyncClient client;
  private final DynamoDbStreamsAsyncClient streams;
  private final String table;
  private final Duration timeout;

  /**
   * @param timeout longest time for one call
   */
  TableStream(
      DynamoDbAsyncClient client,
      DynamoDbStreamsAsyncClient streams,
      String table,
      Duration timeout) {
    this.client = client;
    this.streams = streams;
    this.table = table;
    this.timeout = timeout;
  }

  /** Returns the stream's ARN; empty if the table has none. */
  CompletableFuture<Optional<String>> arn() {
    return CallScope.of(timeout)
        .run(
            timeout,
            time ->
                client.describeTable(describe ->
                    describe.tableName(table).overrideConfiguration(o -> o.apiCallTimeout(time))))
        .thenApply(response -> arn(response.table()));
  }

  private static Optional<String> arn(TableDescription description) {
    return Optional.ofNullable(description.streamSpecification())
        .filter(stream -> Boolean.TRUE.equals(stream.streamEnabled()))
        .map(stream -> description.latestStreamArn());
  }

  /** Returns all shards of the stream. */
  CompletableFuture<List<Shard>> shards(String arn) {
    return shards(arn, null, List.of());
  }

  private CompletableFuture<List<Shard>> shards(
      String arn, @Nullable String after, List<Shard> before) {
    return CallScope.of(timeout)
        .run(
            timeout,
            time ->
                streams.describeStream(describe ->
                    describe
                        .streamArn(arn)
                        .exclusiveStartShardId(after)
                        .overrideConfiguration(o -> o.apiCallTimeout(time))))
        .thenCompose(response -> {
          List<Shard> all = new ArrayList<>(before);
          all.addAll(shards(response));
          String last = response.streamDescription().lastEvaluatedShardId();
          return last == null
              ? CompletableFuture.completedFuture(List.copyOf(all))
              : shards(arn, last, all);
        });
  }

  private static List<Shard> shards(DescribeStreamResponse response) {
    return response.streamDescription().shards().stream()
        .map(shard ->
            new Shard(
                shard.shardId(),
                Optional.ofNullable(shard.parentShardId()),
                shard.sequenceNumberRange().endingSequenceNumber() == null))
        .toList();
  }
}
