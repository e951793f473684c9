package accounts.repair.dynamodb;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/** Creates the AWS client for streams. */
public final class StreamClients {

  /** One call at a time for each shard; further ones wait. */
  private static final int CONNECTIONS = 16;

  private StreamClients() {}

  /**
   * Returns a new client; the caller closes it. Region and credentials come from AWS's own chain,
   * as does the endpoint where none is given.
   */
  public static DynamoDbStreamsAsyncClient create(Optional<URI> endpoint) {
    var builder =
        DynamoDbStreamsAsyncClient.builder()
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(CONNECTIONS));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
