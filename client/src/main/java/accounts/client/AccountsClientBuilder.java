package accounts.client;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A builder of clients, returned by {@link AccountsClient#builder}. Not thread-safe. */
public final class AccountsClientBuilder {

  /** The service permits a ping every 10 s (gRFC A9). */
  private static final Duration KEEPALIVE = Duration.ofSeconds(30);

  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(10);

  /** A page of 1,000 memberships has about 300 KiB. */
  private static final int MAX_MESSAGE_BYTES = 4 << 20;

  /**
   * Errors travel as metadata, and one that names a hundred fields at fault is longer than gRPC's
   * default of 8 KiB.
   */
  private static final int MAX_METADATA_BYTES = 128 << 10;

  private final String target;
  private final List<ClientInterceptor> interceptors = new ArrayList<>();
  private @Nullable ChannelCredentials credentials;
  private Duration readDeadline = Duration.ofSeconds(1);
  private Duration writeDeadline = Duration.ofSeconds(5);
  private String userAgent = "accounts-client/" + Version.get();

  AccountsClientBuilder(String target) {
    this.target = target;
  }

  /** Connects without TLS. This is the default for loopback addresses only. */
  public AccountsClientBuilder plaintext() {
    return credentials(InsecureChannelCredentials.create());
  }

  /**
   * Connects with TLS and the JVM's trusted certificates. This is the default for all but loopback
   * addresses.
   */
  public AccountsClientBuilder tls() {
    return credentials(TlsChannelCredentials.create());
  }

  /**
   * Connects with the given credentials, such as TLS with other trusted certificates, or mutual
   * TLS.
   */
  public AccountsClientBuilder credentials(ChannelCredentials channelCredentials) {
    this.credentials = channelCredentials;
    return this;
  }

  /** Sets the default deadline of reads, retries included; 1 s if not set. */
  public AccountsClientBuilder readDeadline(Duration length) {
    this.readDeadline = length;
    return this;
  }

  /** Sets the default deadline of writes, retries included; 5 s if not set. */
  public AccountsClientBuilder writeDeadline(Duration length) {
    this.writeDeadline = length;
    return this;
  }

  /**
   * Sets the name of the calling program in the service's logs, for example {@code billing/2.1}.
   */
  public AccountsClientBuilder userAgent(String program) {
    this.userAgent = program + " accounts-client/" + Version.get();
    return this;
  }

  /**
   * Adds an interceptor to every call: for tokens, traces, metrics. The last one added is called
   * first.
   */
  public AccountsClientBuilder intercept(ClientInterceptor interceptor) {
    interceptors.add(interceptor);
    return this;
  }

  /** Returns a client, which connects at its first call; the caller closes it. */
  public AccountsClient build() {
    ManagedChannel channel = channel();
    return new AccountsClient(channel, new Calls(channel, readDeadline, writeDeadline));
  }

  private ManagedChannel channel() {
    return Grpc.newChannelBuilder(target, credentialsOrDefault())
        .defaultServiceConfig(ServiceConfig.get())
        // Retries depend on the request ids set here, so a service config from DNS is ignored.
        .disableServiceConfigLookUp()
        .enableRetry()
        .keepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
        .keepAliveTimeout(KEEPALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
        .keepAliveWithoutCalls(false)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .userAgent(userAgent)
        .intercept(interceptors)
        .build();
  }

  private ChannelCredentials credentialsOrDefault() {
    if (credentials != null) {
      return credentials;
    }
    return Target.isLoopback(target)
        ? InsecureChannelCredentials.create()
        : TlsChannelCredentials.create();
  }
}
