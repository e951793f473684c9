package accounts.server;

import accounts.local.AwsEnvironment;
import accounts.local.LocalCache;
import accounts.local.LocalDynamoDb;
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

  private static final String CACHE = "accounts";

  private final String table = "accounts-" + UUID.randomUUID();
  private final LocalCache cache = LocalCache.start();

  /** Started by whoever asks first. */
  private static final class Shared {
    static final LocalDynamoDb DYNAMO_DB = start();

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

  /** Returns a client that looks at tables behind the server's back; the caller closes it. */
  static DynamoDbAsyncClient client() {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(dynamoDb().endpoint())
        .region(Region.of(AwsEnvironment.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY)))
        .build();
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
   * Returns the variables by which a server finds both. Its patience with them is long: other tests
   * use the processors too.
   */
  Map<String, String> environment() {
    Map<String, String> environment =
        new HashMap<>(AwsEnvironment.variables(dynamoDb().endpoint()));
    environment.put("MOMENTO_LOCAL_ENDPOINT", cache.endpoint());
    environment.put("ACCOUNTS_TABLE", table);
    environment.put("ACCOUNTS_CACHE", CACHE);
    environment.put("ACCOUNTS_CACHE_TIMEOUT", "5s");
    environment.put("ACCOUNTS_STORE_TIMEOUT", "20s");
    environment.put("ACCOUNTS_EPOCH_LEASE", "10s");
    environment.put("ACCOUNTS_CALL_TIMEOUT", "1m");
    environment.put("ACCOUNTS_GRPC_PORT", "0");
    environment.put("ACCOUNTS_ADMIN_PORT", "0");
    // It would turn hits into misses at any moment.
    environment.put("ACCOUNTS_REPAIR", "false");
    return environment;
  }

  /** Returns {@link #environment()} with other values for some variables. */
  Map<String, String> environment(Map<String, String> changes) {
    Map<String, String> environment = environment();
    environment.putAll(changes);
    return environment;
  }

  /** Starts a server in this JVM; the caller closes it. */
  TestService start() {
    return TestService.start(environment());
  }

  /** As {@link #start()}, with other values for some variables. */
  TestService start(Map<String, String> changes) {
    return TestService.start(environment(changes));
  }

  @Override
  public void close() {
    cache.close();
  }
}
