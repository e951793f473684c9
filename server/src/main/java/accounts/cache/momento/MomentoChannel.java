package accounts.cache.momento;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import momento.sdk.auth.CredentialProvider;

/** Opens channels to Momento for the calls that its SDK does not make. */
final class MomentoChannel {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> AGENT =
      Metadata.Key.of("agent", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> CACHE =
      Metadata.Key.of("cache", Metadata.ASCII_STRING_MARSHALLER);
  private static final Duration KEEPALIVE = Duration.ofSeconds(10);

  private MomentoChannel() {}

  /**
   * Returns a new channel; the caller closes it.
   *
   * @param agent the client's name, which Momento asks for
   */
  static ManagedChannel open(CredentialProvider credentials, String cacheName, String agent) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(credentials.getCacheEndpoint(), credentials.getPort())
            .keepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
            .intercept(
                MetadataUtils.newAttachHeadersInterceptor(headers(credentials, cacheName, agent)))
            .directExecutor();
    return (credentials.isEndpointSecure() ? builder : builder.usePlaintext()).build();
  }

  private static Metadata headers(CredentialProvider credentials, String cacheName, String agent) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, credentials.getAuthToken());
    headers.put(AGENT, agent);
    headers.put(CACHE, cacheName);
    return headers;
  }
}
