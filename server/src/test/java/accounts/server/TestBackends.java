package accounts.server;

import accounts.local.AwsEnvironment;
import accounts.local.LocalCache;
import accounts.local.LocalDynamoDb;
import accounts.store.dynamodb.LocalTable;
import accounts.store.dynamodb.TableCheck;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * What servers under test stand on: a DynamoDB and a cache of their own. A DynamoDB Local that many
 * tests share gets slower with each write: to write to a table it passes over the stream records of
 * all that were created before.
 */
final class TestBackends implements AutoCloseable {

  static final String LEASE = "500ms";

  /** For tests that say where an answer comes from: no pause of a busy machine lets it lapse. */
  static final String LONG_LEASE = "5s";

  static final String CACHE = "accounts";

  static {
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
  }

  /** By table; of servers it is known only which one they use. */
  private static final Map<String, TestBackends> OPEN = new ConcurrentHashMap<>();

  private final String table = "accounts-" + UUID.randomUUID();
  private final LocalCache cache = LocalCache.start();
  private final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  private final DynamoDbAsyncClient client = LocalTable.client(dynamoDb.endpoint());

  TestBackends() {
    cache.createCache(CACHE);
    createTable(table);
  }

  LocalDynamoDb dynamoDb() {
    return dynamoDb;
  }

  /** Creates another table beside {@link #table}. */
  void createTable(String name) {
    dynamoDb.createTable(name);
    OPEN.put(name, this);
  }

  /** Returns a client that reads tables directly; nobody else closes it. */
  DynamoDbAsyncClient client() {
    return client;
  }

  /** Returns the id of a table, read without any proxy in between. */
  static String tableId(String table) {
    return new TableCheck(Objects.requireNonNull(OPEN.get(table)).client, table)
        .check()
        .join()
        .id();
  }

  String table() {
    return table;
  }

  LocalCache cache() {
    return cache;
  }

  void flushCache() {
    cache.flush(CACHE);
  }

  /**
   * Returns the variables by which a server finds both. Their timeouts are long: other tests use
   * the processors too. The lease is short, since a server does not go by the cache before it has
   * waited for about as long; where a busy machine lets it lapse now and then, a hit becomes a
   * miss.
   */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(AwsEnvironment.variables(dynamoDb.endpoint()));
    environment.put("MOMENTO_LOCAL_ENDPOINT", cache.endpoint());
    environment.put("ACCOUNTS_TABLE", table);
    environment.put("ACCOUNTS_CACHE", CACHE);
    environment.put("ACCOUNTS_CACHE_TIMEOUT", "5s");
    environment.put("ACCOUNTS_STORE_TIMEOUT", "20s");
    environment.put("ACCOUNTS_EPOCH_LEASE", LEASE);
    environment.put("ACCOUNTS_WARM_UP", "0s");
    environment.put("ACCOUNTS_CALL_TIMEOUT", "1m");
    environment.put("ACCOUNTS_GRPC_PORT", "0");
    environment.put("ACCOUNTS_ADMIN_PORT", "0");
    // Tests that do not need it are faster without, and only their calls change their cells.
    environment.put("ACCOUNTS_REPAIR", "false");
    return environment;
  }

  /** Returns {@link #environment()} with other values for some variables. */
  Map<String, String> environment(Map<String, String> changes) {
    Map<String, String> environment = environment();
    environment.putAll(changes);
    return environment;
  }

  /** Starts a server in this JVM and waits until it goes by the cache; the caller closes it. */
  TestService start() {
    return start(Map.of());
  }

  /** As {@link #start()}, with other values for some variables. */
  TestService start(Map<String, String> changes) {
    return start(changes, new TestParts());
  }

  /** As {@link #start(Map)}, of other parts. */
  TestService start(Map<String, String> changes, TestParts parts) {
    TestService service = TestService.start(environment(changes), parts);
    parts.awaitLease();
    return service;
  }

  @Override
  public void close() {
    OPEN.values().removeIf(this::equals);
    client.close();
    dynamoDb.close();
    cache.close();
  }
}
