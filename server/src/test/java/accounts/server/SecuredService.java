package accounts.server;

import accounts.local.identity.LocalAuthority;
import accounts.service.EntityReader;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.User;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A server with TLS that believes one issuer and one authority, and connections to it. */
final class SecuredService implements AutoCloseable {

  /** The SPIFFE id that may do everything. */
  static final String BILLING = "spiffe://example.org/billing";

  /** Scopes to do everything. */
  static final String ALL = "accounts.read accounts.write accounts.act-as";

  private static final int TIMEOUT_MILLIS = 10_000;

  private final LocalAuthority authority;
  private final Path clientCa;
  private final TestService service;
  private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();

  /** Counts what reaches the domain: every call reads. */
  private final class CountingParts extends TestParts {
    @Override
    EntityReader reads(EntityReader readAside) {
      return (keys, options, scope) -> {
        reads.incrementAndGet();
        return readAside.getAll(keys, options, scope);
      };
    }
  }

  /**
   * Starts the server.
   *
   * @param folder for its files
   */
  SecuredService(TestBackends backends, TestIssuer issuer, Path folder) throws IOException {
    this.authority = new LocalAuthority(folder, "authority");
    this.clientCa = Files.copy(authority.ca(), folder.resolve("client-ca.pem"));
    LocalAuthority.Pair own = authority.server("server");
    Path identity =
        Files.writeString(
            folder.resolve("identity.yaml"),
            """
            issuers:
              - issuer: %s
                audience: %s
                jwks: %s
                person_claim: username
                subjects:
                  "system:serviceaccount:jobs:report": [accounts.read]
            spiffe:
              %s: [accounts.read, accounts.write, accounts.act-as, accounts.audit]
            """
                .formatted(TestIssuer.NAME, TestIssuer.AUDIENCE, issuer.keysUrl(), BILLING));
    this.service =
        backends.start(
            Map.of(
                "ACCOUNTS_TLS_CERTIFICATE", own.certificate().toString(),
                "ACCOUNTS_TLS_KEY", own.key().toString(),
                "ACCOUNTS_TLS_CLIENT_CA", clientCa.toString(),
                "ACCOUNTS_IDENTITY", identity.toString()),
            new CountingParts());
  }

  LocalAuthority authority() {
    return authority;
  }

  /** Lets the server trust clients of one more authority, as soon as it reads the file again. */
  void trustClientsOf(LocalAuthority next) throws IOException {
    String bundle = Files.readString(clientCa) + Files.readString(next.ca());
    Path file = Files.writeString(clientCa.resolveSibling("client-ca.next"), bundle);
    Files.move(file, clientCa, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns how many reads have reached the domain. */
  int reads() {
    return reads.get();
  }

  /** Returns a connection, closed with the service, that shows no certificate. */
  ManagedChannel channel() {
    return channel(trusting().build());
  }

  /** Returns a connection, closed with the service, that shows a certificate. */
  ManagedChannel channel(LocalAuthority.Pair client) {
    try {
      return channel(
          trusting().keyManager(client.certificate().toFile(), client.key().toFile()).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a connection, closed with the service. */
  ManagedChannel channel(ChannelCredentials credentials) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", service.port(), credentials).build();
    channels.add(channel);
    return channel;
  }

  private TlsChannelCredentials.Builder trusting() {
    try {
      return TlsChannelCredentials.newBuilder().trustManager(authority.ca().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the certificate that the server shows at this moment. */
  X509Certificate certificate() {
    try (SSLSocket socket = (SSLSocket) trust().getSocketFactory().createSocket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SSLContext trust() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream ca = Files.newInputStream(authority.ca())) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** Returns a stub on a connection of its own. */
  AccountServiceBlockingStub stub(@Nullable String token) {
    return stub(channel(), token);
  }

  static AccountServiceBlockingStub stub(ManagedChannel channel, @Nullable String token) {
    AccountServiceBlockingStub stub =
        AccountServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    if (token == null) {
      return stub;
    }
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  static User getUser(AccountServiceBlockingStub stub, String username) {
    return stub.getUser(GetUserRequest.newBuilder().setUsername(username).build()).getUser();
  }

  static void createUser(AccountServiceBlockingStub stub, String username) {
    var unused =
        stub.createUser(
            CreateUserRequest.newBuilder()
                .setUsername(username)
                .setFirstName("Olivia")
                .setLastName("Ray")
                .build());
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    service.close();
  }
}
