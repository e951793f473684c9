package accounts.server;

import accounts.local.AwsEnvironment;
import accounts.local.LocalCache;
import accounts.local.LocalDynamoDb;
import accounts.store.dynamodb.TableCheck;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * What servers under test stand on: a table and a cache of their own. DynamoDB Local is shared by
 * all tests of the JVM, and ends with it.
 */
final class TestBackends implements AutoCloseable {

  static final String LEASE = "500ms";

  static final String CACHE = "accounts";

  private final String table = "accounts-" + UUID.randomUUID();
  private final LocalCache cache = LocalCache.start();

  /** Started by the first test that needs it. */
  private static final class Shared {
    static final LocalDynamoDb DYNAMO_DB = start();
    static final DynamoDbAsyncClient CLIENT = client(DYNAMO_DB);

    private static LocalDynamoDb start() {
      System.setProperty(
          "log4j2.loggerContextFactory",
          "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
      System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
      return LocalDynamoDb.start();
    }
  }

  TestBackends() {
    cache.createCache(CACHE);
    dynamoDb().createTable(table);
  }

  static LocalDynamoDb dynamoDb() {
    return Shared.DYNAMO_DB;
  }

  /** Returns a client that reads tables directly; the caller closes it. */
  static DynamoDbAsyncClient client() {
    return client(dynamoDb());
  }

  private static DynamoDbAsyncClient client(LocalDynamoDb dynamoDb) {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(dynamoDb.endpoint())
        .region(Region.of(AwsEnvironment.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY)))
        .build();
  }

  /** Returns the id of a table, read without any proxy in between. */
  static String tableId(String table) {
    return new TableCheck(Shared.CLIENT, table).check().join().id();
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
    Map<String, String> environment =
        new HashMap<>(AwsEnvironment.variables(dynamoDb().endpoint()));
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
    cache.close();
  }
}
