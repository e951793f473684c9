package accounts.repair.dynamodb;

import accounts.async.CallScope;
import accounts.async.Futures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/** Reads a shard batch by batch. A batch is read again until it is marked as {@link #passed}. */
final class ShardReader {

  /** The most records that one call returns. */
  private static final int BATCH = 1000;

  private final DynamoDbStreamsAsyncClient streams;
  private final String arn;
  private final String shard;
  private final Duration timeout;
  private volatile Position position;
  private volatile @Nullable String iterator;

  /**
   * A batch of records.
   *
   * @param next the iterator to continue with; empty at the end of the shard
   */
  record Batch(List<Record> records, Optional<String> next) {

    /** Returns whether more records may be available already. */
    boolean isFull() {
      return records.size() == BATCH;
    }
  }

  /**
   * @param timeout longest time for one call
   */
  ShardReader(
      DynamoDbStreamsAsyncClient streams,
      String arn,
      String shard,
      Position from,
      Duration timeout) {
    this.streams = streams;
    this.arn = arn;
    this.shard = shard;
    this.position = from;
    this.timeout = timeout;
  }

  /** Returns the shard's id. */
  String shard() {
    return shard;
  }

  /** Reads the records after those marked as passed; there may be none yet. */
  CompletableFuture<Batch> read() {
    String known = iterator;
    CompletableFuture<String> from =
        known == null ? iterate() : CompletableFuture.completedFuture(known);
    return from.thenCompose(this::records)
        .whenComplete((batch, failure) -> {
          if (failure != null) {
            failed(failure);
          }
        });
  }

  private CompletableFuture<String> iterate() {
    GetShardIteratorRequest.Builder get =
        GetShardIteratorRequest.builder().streamArn(arn).shardId(shard);
    switch (position) {
      case Position.Latest latest -> get.shardIteratorType(ShardIteratorType.LATEST);
      case Position.Horizon horizon -> get.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
      case Position.After after ->
          get.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
              .sequenceNumber(after.sequenceNumber());
    }
    return CallScope.of(timeout)
        .run(
            timeout,
            time ->
                streams.getShardIterator(
                    get.overrideConfiguration(o -> o.apiCallTimeout(time)).build()))
        .thenApply(response -> {
          iterator = response.shardIterator();
          if (position instanceof Position.Latest) {
            // The latest was now. If this iterator is lost, a later one would leave something out.
            position = new Position.Horizon();
          }
          return response.shardIterator();
        });
  }

  private CompletableFuture<Batch> records(String from) {
    return CallScope.of(timeout)
        .run(
            timeout,
            time ->
                streams.getRecords(get ->
                    get.shardIterator(from)
                        .limit(BATCH)
                        .overrideConfiguration(o -> o.apiCallTimeout(time))))
        .thenApply(ShardReader::batch);
  }

  private static Batch batch(GetRecordsResponse response) {
    return new Batch(response.records(), Optional.ofNullable(response.nextShardIterator()));
  }

  /** Iterators expire, so after any failure a new one is requested for the same position. */
  private void failed(Throwable failure) {
    iterator = null;
    if (Futures.cause(failure) instanceof TrimmedDataAccessException) {
      position = new Position.Horizon();
    }
  }

  /** Marks a batch as dealt with. */
  void passed(Batch batch) {
    if (!batch.records().isEmpty()) {
      position = new Position.After(batch.records().getLast().dynamodb().sequenceNumber());
    }
    iterator = batch.next().orElse(null);
  }

  /**
   * Goes back to read again what follows a record.
   *
   * @param sequenceNumber empty for all that the stream still has
   */
  void rewind(Optional<String> sequenceNumber) {
    position = sequenceNumber.<Position>map(Position.After::new).orElseGet(Position.Horizon::new);
    iterator = null;
  }

  /** Returns the sequence number of the last record that was dealt with; empty if there is none. */
  Optional<String> checkpoint() {
    return position instanceof Position.After after
        ? Optional.of(after.sequenceNumber())
        : Optional.empty();
  }
}
