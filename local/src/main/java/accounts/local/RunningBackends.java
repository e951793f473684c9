package accounts.local;

import accounts.local.faults.RuleText;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** DynamoDB Local and the cache while they run, with the table and the cache for Accounts. */
record RunningBackends(LocalDynamoDb dynamoDb, LocalCache cache, BackendOptions options)
    implements AutoCloseable {

  /**
   * Starts both at the same time.
   *
   * @throws StartFailure if a port is in use
   */
  static RunningBackends start(BackendOptions options) {
    CompletableFuture<LocalCache> cache = CompletableFuture.supplyAsync(() -> cache(options));
    LocalDynamoDb dynamoDb = dynamoDb(options, cache);
    try {
      return new RunningBackends(dynamoDb, cache.join(), options);
    } catch (CompletionException e) {
      dynamoDb.close();
      throw e.getCause() instanceof StartFailure failure ? failure : e;
    }
  }

  private static LocalDynamoDb dynamoDb(
      BackendOptions options, CompletableFuture<LocalCache> cache) {
    try {
      LocalDynamoDb dynamoDb =
          orSay("--dynamodb-port", () -> LocalDynamoDb.start(options.host, options.dynamoDbPort));
      dynamoDb.createTable(options.table);
      return dynamoDb;
    } catch (StartFailure e) {
      cache.thenAccept(LocalCache::close).exceptionally(failedToo -> null).join();
      throw e;
    }
  }

  private static LocalCache cache(BackendOptions options) {
    LocalCacheBuilder builder =
        LocalCache.builder().host(options.host).port(options.cachePort).seed(options.seed);
    LocalCache cache = orSay("--cache-port", builder::start);
    cache.createCache(options.cache);
    options.faults.forEach(rule -> cache.faults().add(RuleText.parse(rule)));
    return cache;
  }

  /** Starts the HTTP server that controls faults. */
  Admin admin(int port) {
    return orSay("--admin-port", () -> Admin.start(cache, port));
  }

  /** Starts the HTTP port for probes. */
  ReadyPort readyPort(int port) {
    return orSay("--ready-port", () -> ReadyPort.start(this, port));
  }

  private static <T> T orSay(String option, Supplier<T> start) {
    try {
      return start.get();
    } catch (PortTakenException e) {
      throw StartFailure.portTaken(e.port(), option, e);
    }
  }

  /** Returns the environment variables by which a server finds both. */
  Map<String, String> environment() {
    return options.environment(dynamoDb.endpoint(), cache.endpoint());
  }

  @Override
  public void close() {
    cache.close();
    dynamoDb.close();
  }
}
