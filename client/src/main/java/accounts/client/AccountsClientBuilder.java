package accounts.client;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
  private @Nullable TlsFiles tlsFiles;
  private @Nullable OpenTelemetry openTelemetry;
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

  /**
   * Connects with TLS and trusts the servers whose certificates these authorities have signed.
   *
   * @param authorities a PEM file, read again within a minute of a change
   * @throws IllegalArgumentException if the file cannot be read
   */
  public AccountsClientBuilder trust(Path authorities) {
    tlsFiles().trust(authorities);
    return this;
  }

  /**
   * Connects with TLS and shows a certificate to servers that ask for one.
   *
   * @param certificate a PEM file, read again within a minute of a change
   * @param key its key, PEM, PKCS #8
   * @throws IllegalArgumentException if a file cannot be read
   */
  public AccountsClientBuilder certificate(Path certificate, Path key) {
    tlsFiles().identify(certificate, key);
    return this;
  }

  /**
   * Sends a bearer token with each call; over connections without TLS the calls fail.
   *
   * @param supplier asked for each call, so that it can replace the token before it expires; may
   *     block; may be called by several threads at once
   */
  public AccountsClientBuilder token(Supplier<String> supplier) {
    CallCredentials bearer = new BearerToken(supplier);
    return intercept(
        new ClientInterceptor() {
          @Override
          public <Q, S> ClientCall<Q, S> interceptCall(
              MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
            return next.newCall(method, options.withCallCredentials(bearer));
          }
        });
  }

  /**
   * Sends the bearer token in a file with each call.
   *
   * @param file read again every 10 s
   */
  public AccountsClientBuilder tokenFile(Path file) {
    return token(new TokenFile(file, System::nanoTime));
  }

  private TlsFiles tlsFiles() {
    if (tlsFiles == null) {
      tlsFiles = new TlsFiles();
    }
    return tlsFiles;
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

  /**
   * Reports every call to OpenTelemetry: gRPC's own metrics (gRFC A66), and a span for the call
   * with one for each attempt, below the span that is current where a method is called. The
   * server's spans are below these if it exports traces, too.
   *
   * @param instance stays open when the client is closed
   */
  public AccountsClientBuilder openTelemetry(OpenTelemetry instance) {
    this.openTelemetry = instance;
    return this;
  }

  /** Returns a client, which connects at its first call; the caller closes it. */
  public AccountsClient build() {
    ManagedChannel channel = channel();
    return new AccountsClient(
        channel,
        new Calls(channel, readDeadline, writeDeadline),
        tlsFiles == null ? () -> {} : tlsFiles::close);
  }

  private ManagedChannel channel() {
    ManagedChannelBuilder<?> builder =
        Grpc.newChannelBuilder(target, credentialsOrDefault())
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
            .intercept(interceptors);
    if (openTelemetry != null) {
      OpenTelemetryCalls.report(builder, openTelemetry);
    }
    return builder.build();
  }

  private ChannelCredentials credentialsOrDefault() {
    if (tlsFiles != null) {
      return tlsFiles.credentials();
    }
    if (credentials != null) {
      return credentials;
    }
    return Target.isLoopback(target)
        ? InsecureChannelCredentials.create()
        : TlsChannelCredentials.create();
  }
}
