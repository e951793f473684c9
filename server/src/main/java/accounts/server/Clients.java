package accounts.server;

import accounts.cache.momento.ReadThreads;
import accounts.grpc.EventLoops;
import accounts.repair.dynamodb.StreamClients;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.store.dynamodb.DynamoDbClients;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The clients of the server's backends, and the threads that they and the server share.
 *
 * @param loops handle calls, and read the cache for them
 * @param epochs of DynamoDB, for the epochs only, so that neither traffic nor its connections delay
 *     them
 */
record Clients(
    EventLoops loops,
    DynamoDbAsyncClient dynamoDb,
    DynamoDbAsyncClient epochs,
    DynamoDbStreamsAsyncClient streams,
    MomentoAccess momento)
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
    EventLoops loops = EventLoops.create();
    MomentoAccess momento =
        MomentoAccess.open(
            configuration, parts, new ReadThreads(loops.each(), loops.clientChannel()));
    return new Clients(
        loops,
        DynamoDbClients.create(store.connections(), store.timeout()),
        DynamoDbClients.createForEpochs(store.timeout()),
        StreamClients.create(configuration.repair().endpoint()),
        momento);
  }

  @Override
  public void close() {
    momento.close();
    // At the same time: each takes seconds to wait for calls that may still come.
    CompletableFuture.allOf(closed(streams), closed(epochs), closed(dynamoDb)).join();
    loops.close();
  }

  private static CompletableFuture<Void> closed(SdkAutoCloseable client) {
    return CompletableFuture.runAsync(client::close, task -> Thread.ofPlatform().start(task));
  }
}
