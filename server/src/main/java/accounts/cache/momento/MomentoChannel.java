package accounts.cache.momento;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.ReadConcern;

/** Opens channels to Momento. */
final class MomentoChannel {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> AGENT =
      Metadata.Key.of("agent", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> CACHE =
      Metadata.Key.of("cache", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> READ_CONCERN =
      Metadata.Key.of("read-concern", Metadata.ASCII_STRING_MARSHALLER);
  private static final Duration KEEPALIVE = Duration.ofSeconds(10);

  /** A connection that answers nothing for so long is given up, and made anew. */
  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(5);

  /** Momento's largest item, and the message around it. */
  private static final int LARGEST_ANSWER = 5_243_000;

  private MomentoChannel() {}

  /**
   * Returns a new channel; the caller closes it.
   *
   * @param agent the client's name, which Momento asks for
   */
  static ManagedChannel open(CredentialProvider credentials, String cacheName, String agent) {
    return builder(credentials, cacheName, agent).build();
  }

  /** Returns a builder of a channel, as {@link #open}. */
  static NettyChannelBuilder builder(
      CredentialProvider credentials, String cacheName, String agent) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(credentials.getCacheEndpoint(), credentials.getPort())
            .keepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
            .maxInboundMessageSize(LARGEST_ANSWER)
            .disableRetry()
            .intercept(
                MetadataUtils.newAttachHeadersInterceptor(headers(credentials, cacheName, agent)))
            .directExecutor();
    return credentials.isEndpointSecure() ? builder : builder.usePlaintext();
  }

  /** Returns what makes calls ask for a read concern. */
  static ClientInterceptor readingWith(ReadConcern concern) {
    Metadata headers = new Metadata();
    headers.put(READ_CONCERN, concern.toLowerCase());
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private static Metadata headers(CredentialProvider credentials, String cacheName, String agent) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, credentials.getAuthToken());
    headers.put(AGENT, agent);
    headers.put(CACHE, cacheName);
    return headers;
  }
}
