package accounts.repair.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.freshness.CellStep;
import accounts.local.AwsEnvironment;
import accounts.local.LocalDynamoDb;
import accounts.repair.ChangeListener;
import accounts.repair.FakeCells;
import accounts.repair.RecordingRepairObserver;
import accounts.repair.Repairer;
import accounts.repair.StreamEvent;
import accounts.repair.StreamEvent.Changed;
import accounts.store.AccountStore;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult.Committed;
import accounts.store.NoticeStore;
import accounts.store.dynamodb.DynamoDbAccountStore;
import accounts.store.dynamodb.DynamoDbFeedWriter;
import accounts.store.dynamodb.DynamoDbNoticeStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/** A table with a stream, and instances that repair and can be stopped without a word. */
final class RepairWorld {

  static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final LocalDynamoDb SERVER = LocalDynamoDb.start();
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY));

  // Shared by all tests of this JVM, and end with it: to close one takes seconds.
  private static final DynamoDbAsyncClient CLIENT =
      DynamoDbAsyncClient.builder()
          .endpointOverride(SERVER.endpoint())
          .region(Region.of(AwsEnvironment.REGION))
          .credentialsProvider(CREDENTIALS)
          .build();
  private static final DynamoDbStreamsAsyncClient STREAMS =
      DynamoDbStreamsAsyncClient.builder()
          .endpointOverride(SERVER.endpoint())
          .region(Region.of(AwsEnvironment.REGION))
          .credentialsProvider(CREDENTIALS)
          .build();

  final String table = "accounts-" + UUID.randomUUID();
  final DynamoDbAsyncClient client = CLIENT;
  final DynamoDbStreamsAsyncClient streams = STREAMS;
  final AccountStore store =
      new DynamoDbAccountStore(client, table, TIMEOUT, Duration.ofDays(400), Clock.systemUTC());
  final NoticeStore notices = new DynamoDbNoticeStore(client, table, TIMEOUT, Clock.systemUTC());

  RepairWorld() {
    SERVER.createTable(table);
  }

  /** Commits, and tells the cache nothing, like a writer that dies. */
  void commit(Change... changes) {
    var result =
        store
            .commit(
                new Commit(List.of(changes), Optional.empty(), List.of()), CallScope.of(TIMEOUT))
            .join();
    if (!(result instanceof Committed)) {
      throw new AssertionError(result);
    }
  }

  /** Returns the ownerships by shard. */
  Map<String, ShardOwnership> ownerships() {
    TableStream stream = new TableStream(client, streams, table, TIMEOUT);
    List<String> shards =
        stream.arn().thenCompose(arn -> stream.shards(arn.orElseThrow())).join().stream()
            .map(Shard::id)
            .toList();
    return new OwnershipTable(client, table, TIMEOUT, Clock.systemUTC()).read(shards).join();
  }

  static Map<String, AttributeValue> itemKey(String partition, String sort) {
    return Map.of("PK", AttributeValue.fromS(partition), "SK", AttributeValue.fromS(sort));
  }

  /** Waits until something is so. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }

  /** An instance with a timer of its own, what it reaches of the cache, and what it dealt with. */
  final class Instance implements AutoCloseable {

    final FakeCells cells = new FakeCells();
    final LinkedBlockingQueue<EntityKey<?>> told = new LinkedBlockingQueue<>();
    final RecordingRepairObserver observer = new RecordingRepairObserver();
    private final Repairer repairer =
        new Repairer(
            new CellStep(cells), () -> Optional.of(FakeCells.VIEW), notices, TIMEOUT, observer);
    private final ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor();
    private final StreamConsumer consumer;

    /** An instance that repairs. */
    Instance() {
      this(Optional.empty());
    }

    /**
     * @param instead of the repair
     */
    Instance(Optional<ChangeListener> instead) {
      this(instead, Optional.empty());
    }

    /**
     * @param probe tells whether the cache is reachable
     */
    Instance(Supplier<CompletableFuture<Boolean>> probe) {
      this(Optional.empty(), Optional.of(probe));
    }

    private Instance(
        Optional<ChangeListener> instead, Optional<Supplier<CompletableFuture<Boolean>>> probe) {
      ChangeListener listener = instead.orElse(repairer);
      this.consumer =
          new StreamConsumer(
              client,
              streams,
              table,
              new StreamConsumer.Part(
                  events -> listener.handle(events).thenRun(() -> events.forEach(this::tell)),
                  new DynamoDbFeedWriter(
                      client, table, TIMEOUT, Duration.ofDays(7), Clock.systemUTC()),
                  () ->
                      probe
                          .map(Supplier::get)
                          .orElseGet(() -> CompletableFuture.completedFuture(!cells.away)),
                  observer),
              RepairTiming.DEFAULT,
              Clock.systemUTC(),
              System::nanoTime,
              own);
      consumer.start();
    }

    private void tell(StreamEvent event) {
      if (event instanceof Changed changed) {
        told.add(changed.key());
      }
    }

    boolean isRepairActive() {
      return consumer.isRepairActive();
    }

    Duration lag() {
      return consumer.lag();
    }

    /** Returns the key when it is told next; null if it is not in time. */
    @Nullable EntityKey<?> await(EntityKey<?> key, Duration time) throws InterruptedException {
      long end = System.nanoTime() + time.toNanos();
      EntityKey<?> changed = told.poll(time.toNanos(), TimeUnit.NANOSECONDS);
      while (changed != null && !changed.equals(key)) {
        changed = told.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      return changed;
    }

    /** Waits until it delivers changes: it may still be discovering its shards. */
    Instance ready() throws InterruptedException {
      long end = System.nanoTime() + TIMEOUT.toNanos();
      do {
        String probe = "USER#probe";
        client.deleteItem(delete -> delete.tableName(table).key(itemKey(probe, probe))).join();
        client.putItem(put -> put.tableName(table).item(itemKey(probe, probe))).join();
      } while (told.poll(250, TimeUnit.MILLISECONDS) == null && System.nanoTime() < end);
      return this;
    }

    /** Stops it in good order. */
    void stop() {
      consumer.stop().join();
    }

    /** Ends it without a word, as a crash does. */
    void crash() {
      own.shutdownNow();
    }

    @Override
    public void close() {
      stop();
      own.shutdownNow();
    }
  }
}
