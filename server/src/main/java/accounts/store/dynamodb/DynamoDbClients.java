package accounts.store.dynamodb;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Creates the AWS clients of the stores. */
public final class DynamoDbClients {

  private static final int MAX_ATTEMPTS = 4;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofMillis(250);

  /** Eight renewals at a time, a raise, a new incarnation, and room for connections that hang. */
  private static final int EPOCH_CONNECTIONS = 16;

  private DynamoDbClients() {}

  /**
   * Returns a new client; the caller closes it. Region, credentials and endpoint come from AWS's
   * own chain.
   *
   * @param maxConnections the most requests in flight; others wait for at most {@code
   *     acquireTimeout}
   * @param acquireTimeout longest wait for a connection
   */
  public static DynamoDbAsyncClient create(int maxConnections, Duration acquireTimeout) {
    return DynamoDbAsyncClient.builder()
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                .maxConcurrency(maxConnections)
                .maxPendingConnectionAcquires(maxConnections * 4)
                .connectionAcquisitionTimeout(acquireTimeout))
        .overrideConfiguration(o -> o.retryStrategy(retries()))
        .build();
  }

  /**
   * Returns a new client for the epochs only; the caller closes it. It has connections and a thread
   * of its own, so that renewals wait neither for connections nor for a thread that completes other
   * futures. Its futures complete on that one thread, which must not be blocked.
   *
   * @param acquireTimeout longest wait for a connection
   */
  public static DynamoDbAsyncClient createForEpochs(Duration acquireTimeout) {
    return forEpochs(DynamoDbAsyncClient.builder(), acquireTimeout).build();
  }

  /** Returns where the calls of a client go, for people. */
  public static String address(DynamoDbAsyncClient client) {
    DynamoDbServiceClientConfiguration configuration = client.serviceClientConfiguration();
    return configuration
        .endpointOverride()
        .map(URI::toString)
        .orElseGet(() -> "AWS in " + configuration.region());
  }

  /** Like {@link #createForEpochs}, for a builder with an endpoint. */
  static DynamoDbAsyncClientBuilder forEpochs(
      DynamoDbAsyncClientBuilder builder, Duration acquireTimeout) {
    return builder
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                .eventLoopGroupBuilder(
                    SdkEventLoopGroup.builder()
                        .numberOfThreads(1)
                        .threadFactory(Thread.ofPlatform().daemon().name("epochs-io").factory()))
                .maxConcurrency(EPOCH_CONNECTIONS)
                .connectionAcquisitionTimeout(acquireTimeout))
        .asyncConfiguration(async ->
            async.advancedOption(
                SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
        .overrideConfiguration(o -> o.retryStrategy(retries()));
  }

  private static StandardRetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(MAX_ATTEMPTS)
        .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF, LONGEST_BACKOFF))
        .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF, LONGEST_BACKOFF))
        .retryOnException(DynamoDbClients::isContended)
        .build();
  }

  private static boolean isContended(Throwable failure) {
    return failure instanceof TransactionConflictException
        || (failure instanceof TransactionCanceledException cancelled
            && StoreErrors.isContended(cancelled));
  }
}
