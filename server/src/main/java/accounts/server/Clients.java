package accounts.server;

import accounts.cache.momento.MomentoClients;
import accounts.cache.momento.MomentoCompareAndSet;
import accounts.repair.dynamodb.StreamClients;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.store.dynamodb.DynamoDbClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The clients of the server's backends.
 *
 * @param epochs of DynamoDB, for the epochs only, so that neither traffic nor its connections delay
 *     them
 */
record Clients(
    DynamoDbAsyncClient dynamoDb,
    DynamoDbAsyncClient epochs,
    DynamoDbStreamsAsyncClient streams,
    CredentialProvider credentials,
    CacheClient momento,
    MomentoCompareAndSet compareAndSet)
    implements AutoCloseable {

  /**
   * Longest time for a writer's call of the cache: long enough that a busy process does not count
   * as cut off.
   */
  static final Duration WRITERS_TIMEOUT = Duration.ofSeconds(1);

  /**
   * Opens all of them.
   *
   * @throws ConfigurationException if Momento's SDK cannot read the key
   */
  static Clients open(Configuration configuration, Parts parts) throws ConfigurationException {
    Configuration.Store store = configuration.store();
    Configuration.Cache cache = configuration.cache();
    CredentialProvider credentials = credentials(cache);
    return new Clients(
        DynamoDbClients.create(store.connections(), store.timeout()),
        DynamoDbClients.createForEpochs(store.timeout()),
        StreamClients.create(configuration.repair().endpoint()),
        credentials,
        parts.cacheClient(credentials, longer(cache.timeout(), WRITERS_TIMEOUT), cache.ttl()),
        new MomentoCompareAndSet(credentials, cache.name()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static CredentialProvider credentials(Configuration.Cache cache)
      throws ConfigurationException {
    try {
      return cache
          .local()
          .map(local -> MomentoClients.local(local.host(), local.port()))
          .orElseGet(() -> MomentoClients.cloud(cache.apiKey().orElseThrow()));
    } catch (RuntimeException e) {
      // Of the SDK's own, or of what it reads the key with; its message may have parts of the key.
      throw new ConfigurationException(
          List.of("MOMENTO_API_KEY: *** (expected: a key as Momento's console hands it out)"));
    }
  }

  @Override
  public void close() {
    compareAndSet.close();
    momento.close();
    // At the same time: each takes seconds to wait for calls that may still come.
    CompletableFuture.allOf(closed(streams), closed(epochs), closed(dynamoDb)).join();
  }

  private static CompletableFuture<Void> closed(SdkAutoCloseable client) {
    return CompletableFuture.runAsync(client::close, task -> Thread.ofPlatform().start(task));
  }
}
