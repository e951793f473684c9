package accounts.store.dynamodb;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Makes the AWS client that the store works with. */
public final class DynamoDbClients {

  private static final int MAX_ATTEMPTS = 4;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofMillis(250);

  private DynamoDbClients() {}

  /**
   * Returns a new client; the caller closes it. Region, credentials and endpoint come from AWS's
   * own chain.
   *
   * @param maxConnections requests under way at once; what comes on top waits for at most {@code
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

  private static StandardRetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(MAX_ATTEMPTS)
        .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF, LONGEST_BACKOFF))
        .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF, LONGEST_BACKOFF))
        .retryOnException(DynamoDbClients::isContended)
        .build();
  }

  private static boolean isContended(Throwable failure) {
    return failure instanceof TransactionCanceledException cancelled
        && StoreErrors.isContended(cancelled);
  }
}
