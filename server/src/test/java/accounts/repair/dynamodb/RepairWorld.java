package accounts.repair.dynamodb;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.AccountReads;
import accounts.cache.Coalescer;
import accounts.cache.ReadAside;
import accounts.cache.ReadOptions;
import accounts.cache.Reading;
import accounts.cache.momento.CacheKeys;
import accounts.cache.momento.MomentoAccountCache;
import accounts.cache.momento.MomentoClients;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.local.AwsEnvironment;
import accounts.local.LocalCache;
import accounts.local.LocalDynamoDb;
import accounts.repair.ChangeListener;
import accounts.store.AccountStore;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult.Committed;
import accounts.store.dynamodb.DynamoDbAccountStore;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import momento.sdk.CacheClient;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/** A table with a stream, a cache, and consumers that can be stopped without a word. */
final class RepairWorld implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final Duration LEASE = Duration.ofSeconds(3);

  private static final LocalDynamoDb SERVER = LocalDynamoDb.start();
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY));

  final String table = "accounts-" + UUID.randomUUID();
  final DynamoDbAsyncClient client =
      DynamoDbAsyncClient.builder()
          .endpointOverride(SERVER.endpoint())
          .region(Region.of(AwsEnvironment.REGION))
          .credentialsProvider(CREDENTIALS)
          .build();
  final DynamoDbStreamsAsyncClient streams =
      DynamoDbStreamsAsyncClient.builder()
          .endpointOverride(SERVER.endpoint())
          .region(Region.of(AwsEnvironment.REGION))
          .credentialsProvider(CREDENTIALS)
          .build();
  final AccountStore store = new DynamoDbAccountStore(client, table, PATIENCE, Clock.systemUTC());
  final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final LocalCache cacheServer = LocalCache.start();
  private final CacheClient momento =
      MomentoClients.create(
          MomentoClients.local(cacheServer.host(), cacheServer.port()),
          PATIENCE,
          Duration.ofHours(1),
          true);

  RepairWorld() {
    SERVER.createTable(table);
    cacheServer.createCache("accounts");
  }

  AccountCache cache() {
    return new MomentoAccountCache(
        momento,
        "accounts",
        new CacheKeys(CacheKeys.FORMAT, true),
        PATIENCE,
        Duration.ofMinutes(10),
        () -> ThreadLocalRandom.current().nextLong(1, 1L << 40),
        true);
  }

  /** Returns the reads of another instance. */
  AccountReads instance() {
    return new ReadAside(
        cache(),
        store,
        (keys, scope) -> CompletableFuture.completedFuture(null),
        PATIENCE,
        Duration.ofSeconds(5),
        System::nanoTime,
        timer,
        new Coalescer<>(System::nanoTime, true));
  }

  static <E extends Entity> Reading<E> read(AccountReads reads, EntityKey<E> key) {
    return reads.getAll(List.of(key), ReadOptions.DEFAULT, CallScope.of(PATIENCE)).join().get(key);
  }

  /** Commits, and tells the cache nothing, like a writer that dies. */
  void commit(Change... changes) {
    var result =
        store.commit(new Commit(List.of(changes), Optional.empty()), CallScope.of(PATIENCE)).join();
    if (!(result instanceof Committed)) {
      throw new AssertionError(result);
    }
  }

  /** Returns the leases by shard. */
  Map<String, ShardLease> leases() {
    TableStream stream = new TableStream(client, streams, table, PATIENCE);
    List<String> shards =
        stream.arn().thenCompose(arn -> stream.shards(arn.orElseThrow())).join().stream()
            .map(Shard::id)
            .toList();
    return new LeaseTable(client, table, PATIENCE, Clock.systemUTC()).read(shards).join();
  }

  static Map<String, AttributeValue> itemKey(String partition, String sort) {
    return Map.of("PK", AttributeValue.fromS(partition), "SK", AttributeValue.fromS(sort));
  }

  /** A consumer on a timer of its own, and what it told. */
  final class Consumer implements AutoCloseable {

    final LinkedBlockingQueue<EntityKey<?>> told = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor();
    private final StreamConsumer consumer;

    Consumer(ChangeListener listener) {
      this.consumer =
          new StreamConsumer(
              client,
              streams,
              table,
              changes -> listener.changed(changes).thenRun(() -> told.addAll(changes)),
              new StreamConsumer.Timing(Duration.ofMillis(500), LEASE),
              Clock.systemUTC(),
              System::nanoTime,
              own);
      consumer.start();
    }

    /** Returns the key when it is told next; null if none comes in time. */
    EntityKey<?> await(EntityKey<?> key, Duration time) throws InterruptedException {
      long end = System.nanoTime() + time.toNanos();
      EntityKey<?> changed = told.poll(time.toNanos(), TimeUnit.NANOSECONDS);
      while (changed != null && !changed.equals(key)) {
        changed = told.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      return changed;
    }

    /** Waits until it tells of changes: it may only just be finding its shards. */
    Consumer ready() throws InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      do {
        String probe = "USER#probe";
        client.deleteItem(delete -> delete.tableName(table).key(itemKey(probe, probe))).join();
        client.putItem(put -> put.tableName(table).item(itemKey(probe, probe))).join();
      } while (told.poll(250, TimeUnit.MILLISECONDS) == null && System.nanoTime() < end);
      return this;
    }

    /** Ends it without a word, as a crash does. */
    void crash() {
      own.shutdownNow();
    }

    @Override
    public void close() {
      consumer.stop().join();
      own.shutdownNow();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    momento.close();
    cacheServer.close();
    streams.close();
    client.close();
  }
}
