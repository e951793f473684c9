package accounts.repair.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.SequenceNumberRange;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/**
 * A table and its stream of one shard, answering at once. An iterator is the index of the record
 * that it is at.
 */
final class FakeStreams implements DynamoDbStreamsAsyncClient {

  final List<Record> records = new ArrayList<>();

  /** How many shards a description names. */
  int shards = 1;

  /** How often the stream was described. */
  int descriptions;

  /** Whether the shard's records end with those that it has. */
  boolean closed;

  /** How every call fails, if it does. */
  Optional<Throwable> failure = Optional.empty();

  private <T> CompletableFuture<T> answer(T answer) {
    return failure
        .<CompletableFuture<T>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(answer));
  }

  /** Every call to DynamoDB fails, as where it is not reached. */
  void away() {
    failure = Optional.of(SdkClientException.create("away"));
  }

  /** Returns the client of the table. */
  DynamoDbAsyncClient table() {
    return new DynamoDbAsyncClient() {
      @Override
      public CompletableFuture<DescribeTableResponse> describeTable(DescribeTableRequest request) {
        return CompletableFuture.completedFuture(
            DescribeTableResponse.builder()
                .table(table ->
                    table
                        .streamSpecification(
                            StreamSpecification.builder().streamEnabled(true).build())
                        .latestStreamArn("arn"))
                .build());
      }

      @Override
      public String serviceName() {
        return "dynamodb";
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public CompletableFuture<DescribeStreamResponse> describeStream(DescribeStreamRequest request) {
    descriptions++;
    List<Shard> all =
        IntStream.range(0, shards)
            .mapToObj(number ->
                Shard.builder()
                    .shardId("shard-" + number)
                    .sequenceNumberRange(
                        SequenceNumberRange.builder().startingSequenceNumber("0").build())
                    .build())
            .toList();
    return answer(
        DescribeStreamResponse.builder().streamDescription(stream -> stream.shards(all)).build());
  }

  @Override
  public CompletableFuture<GetShardIteratorResponse> getShardIterator(
      GetShardIteratorRequest request) {
    int at =
        switch (request.shardIteratorType()) {
          case LATEST -> records.size();
          case AFTER_SEQUENCE_NUMBER -> 1 + indexOf(request.sequenceNumber());
          default -> 0;
        };
    return answer(GetShardIteratorResponse.builder().shardIterator("" + at).build());
  }

  private int indexOf(String sequenceNumber) {
    return IntStream.range(0, records.size())
        .filter(i -> records.get(i).dynamodb().sequenceNumber().equals(sequenceNumber))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public CompletableFuture<GetRecordsResponse> getRecords(GetRecordsRequest request) {
    int from = Integer.parseInt(request.shardIterator());
    int to = Math.min(from + request.limit(), records.size());
    return answer(
        GetRecordsResponse.builder()
            .records(records.subList(from, to))
            .nextShardIterator(closed && to == records.size() ? null : "" + to)
            .build());
  }

  @Override
  public String serviceName() {
    return "streams";
  }

  @Override
  public void close() {}
}
