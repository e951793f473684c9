package accounts.server;

import static accounts.server.TestIssuer.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import accounts.local.identity.LocalAuthority;
import accounts.service.EntityReader;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may call a server with TLS and identities, through real TLS. */
@Timeout(60)
@SuppressWarnings("JavaUtilDate") // the JWT library has nothing else
final class SecurityTest {

  private static final String BILLING = "spiffe://example.org/billing";
  private static final String ALL = "accounts.read accounts.write accounts.act-as";

  @TempDir private static Path folder;

  private static TestBackends backends;
  private static TestIssuer issuer;
  private static LocalAuthority authority;
  private static LocalAuthority otherAuthority;
  private static TestService service;
  private static final AtomicInteger reads = new AtomicInteger();

  private final List<ManagedChannel> channels = new ArrayList<>();

  /** Counts what reaches the domain: every call reads. */
  private static final class CountingParts extends TestParts {
    @Override
    EntityReader reads(EntityReader readAside) {
      return (keys, options, scope) -> {
        reads.incrementAndGet();
        return readAside.getAll(keys, options, scope);
      };
    }
  }

  @BeforeAll
  static void start() throws IOException {
    backends = new TestBackends();
    issuer = new TestIssuer();
    authority = new LocalAuthority(folder, "authority");
    otherAuthority = new LocalAuthority(folder, "other");
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
              %s: [accounts.read, accounts.write, accounts.act-as]
            """
                .formatted(TestIssuer.NAME, TestIssuer.AUDIENCE, issuer.keysUrl(), BILLING));
    service =
        backends.start(
            Map.of(
                "ACCOUNTS_TLS_CERTIFICATE", own.certificate().toString(),
                "ACCOUNTS_TLS_KEY", own.key().toString(),
                "ACCOUNTS_TLS_CLIENT_CA", authority.ca().toString(),
                "ACCOUNTS_IDENTITY", identity.toString()),
            new CountingParts());
    // The first token may come before the first keys.
    var unused = Eventually.get(issuer::fetches, count -> count > 0);
  }

  @AfterAll
  static void stop() {
    service.close();
    issuer.close();
    backends.close();
  }

  @AfterEach
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  /** A token that is refused, and what the caller is told. */
  enum Bad {
    NONE("neither a bearer token nor a client certificate with a SPIFFE id"),
    GARBAGE("malformed token (expected: a signed JWT)"),
    ALGORITHM_NONE("malformed token (expected: a signed JWT)"),
    HMAC_WITH_PUBLIC_KEY("token with an algorithm that is not accepted here"),
    SIGNATURE("token with a bad signature"),
    CHANGED("token with a bad signature"),
    EXPIRED("token expired"),
    NOT_YET_VALID("token not yet valid"),
    NO_EXPIRY("token without an expiry"),
    NO_SUBJECT("token without a subject"),
    AUDIENCE("token for another audience (expected: accounts)"),
    ISSUER("token of an issuer that is not known here"),
    UNKNOWN_KEY("token signed with a key that the issuer does not publish"),
    PERSON("token whose username is no username"),
    HUGE("token of 10000 characters (expected: 8192 at most)");

    private final String message;

    Bad(String message) {
      this.message = message;
    }

    @Nullable String token() throws Exception {
      JWTClaimsSet.Builder good = claims("billing", ALL);
      return switch (this) {
        case NONE -> null;
        case GARBAGE -> "a.b.c";
        case ALGORITHM_NONE -> new PlainJWT(good.build()).serialize();
        case HMAC_WITH_PUBLIC_KEY -> {
          byte[] publicKey = issuer.key().toPublicJWK().toECPublicKey().getEncoded();
          yield TestIssuer.signed(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
              good.build(),
              new MACSigner(publicKey));
        }
        case SIGNATURE -> TestIssuer.token(good.build(), TestIssuer.newKey("first"));
        case CHANGED -> {
          List<String> parts = parts(issuer.token(good.build()));
          List<String> other = parts(issuer.token(claims("other", ALL).build()));
          yield String.join(".", parts.get(0), other.get(1), parts.get(2));
        }
        case EXPIRED -> issuer.token(good.expirationTime(in(-31)).build());
        case NOT_YET_VALID -> issuer.token(good.notBeforeTime(in(60)).build());
        case NO_EXPIRY -> issuer.token(good.expirationTime(null).build());
        case NO_SUBJECT -> issuer.token(good.subject(null).build());
        case AUDIENCE -> issuer.token(good.audience("payroll").build());
        case ISSUER -> issuer.token(good.issuer("https://evil.example.com").build());
        case UNKNOWN_KEY -> TestIssuer.token(good.build(), TestIssuer.newKey("unknown"));
        case PERSON -> issuer.token(good.claim("username", "no name").build());
        case HUGE -> "a".repeat(10_000);
      };
    }

    private static List<String> parts(String token) {
      return List.of(token.split("\\.", -1));
    }

    private static Date in(long seconds) {
      return Date.from(Instant.now().plusSeconds(seconds));
    }
  }

  @ParameterizedTest
  @EnumSource
  void getUser_badToken_isRefusedBeforeTheDomain(Bad bad) throws Exception {
    AccountServiceBlockingStub stub = stub(bad.token());
    int before = reads.get();
    Refused refused = Refused.by(() -> get(stub, "olivia"));

    assertThat(refused.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refused.reason()).isEqualTo("UNAUTHENTICATED");
    assertThat(refused.message()).isEqualTo("unauthenticated: " + bad.message);
    assertThat(reads).hasValue(before);
  }

  @Test
  void calls_serviceThatMayActAsAnyone_areDone() {
    AccountServiceBlockingStub stub = stub(issuer.token(claims("billing", ALL).build()));
    String olivia = TestService.fresh("olivia");
    create(stub, olivia);

    assertThat(get(stub, olivia).getUsername()).isEqualTo(olivia);
    assertThat(get(stub, olivia).getUsername()).isEqualTo(olivia);
  }

  @Test
  void createUser_withoutScope_isRefusedBeforeTheDomain() {
    AccountServiceBlockingStub stub = stub(issuer.token(claims("report", "accounts.read").build()));
    int before = reads.get();
    Refused refused = Refused.by(() -> create(stub, TestService.fresh("olivia")));

    assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused.reason()).isEqualTo("SCOPE_REQUIRED");
    assertThat(refused.metadata()).containsExactly(Map.entry("scope", "accounts.write"));
    assertThat(reads).hasValue(before);
  }

  @Test
  void updateUser_personForAnother_isRefusedBeforeTheDomain() {
    String olivia = TestService.fresh("olivia");
    AccountServiceBlockingStub stub =
        stub(issuer.token(claims("u-1", ALL).claim("username", olivia).build()));
    create(stub, olivia);
    int before = reads.get();
    Refused refused = Refused.by(() -> rename(stub, "victor"));

    assertThat(refused.reason()).isEqualTo("SCOPE_REQUIRED");
    assertThat(refused.metadata())
        .containsOnly(Map.entry("scope", "accounts.act-as"), Map.entry("username", "victor"));
    assertThat(reads).hasValue(before);
    assertThat(rename(stub, olivia).getFirstName()).isEqualTo("New");
  }

  @Test
  void getUser_subjectWithScopesOfTheConfiguration_mayReadAndNoMore() {
    AccountServiceBlockingStub stub =
        stub(issuer.token(claims("system:serviceaccount:jobs:report", "").build()));

    assertThat(Refused.by(() -> get(stub, "nobody")).reason()).isEqualTo("USER_NOT_FOUND");
    assertThat(Refused.by(() -> create(stub, "nobody")).reason()).isEqualTo("SCOPE_REQUIRED");
  }

  @Test
  void calls_manyTokensWithUnknownKeys_fetchKeysOnce() {
    int before = issuer.fetches();
    List<String> tokens =
        IntStream.range(0, 200)
            .mapToObj(
                i -> TestIssuer.token(claims("x", ALL).build(), TestIssuer.newKey("storm-" + i)))
            .toList();
    ManagedChannel channel = channel(trusting().build());
    for (String token : tokens) {
      assertThat(Refused.by(() -> get(stub(channel, token), "olivia")).code())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    assertThat(issuer.fetches() - before).isLessThanOrEqualTo(2);
  }

  // Client certificates.

  @Test
  void calls_clientCertificateWithKnownId_areDone() throws IOException {
    LocalAuthority.Pair client = authority.client("billing", BILLING);
    AccountServiceBlockingStub stub = stub(channel(with(client)), null);
    String olivia = TestService.fresh("olivia");
    create(stub, olivia);

    assertThat(get(stub, olivia).getUsername()).isEqualTo(olivia);
  }

  @Test
  void getUser_clientCertificateWithUnknownId_isRefused() throws IOException {
    LocalAuthority.Pair client = authority.client("stranger", "spiffe://example.org/stranger");

    assertThat(Refused.by(() -> get(stub(channel(with(client)), null), "olivia")).message())
        .isEqualTo("unauthenticated: SPIFFE id spiffe://example.org/stranger is not known here");
  }

  @Test
  void getUser_clientCertificateExpiredOrOfAnotherAuthority_isRefused() throws IOException {
    int before = reads.get();
    for (LocalAuthority.Pair client :
        List.of(
            authority.expiredClient("expired", BILLING),
            otherAuthority.client("untrusted", BILLING))) {
      // A client does not even show the certificate of an authority that the server does not name.
      assertThat(Refused.by(() -> get(stub(channel(with(client)), null), "olivia")).code())
          .isIn(Status.Code.UNAVAILABLE, Status.Code.UNAUTHENTICATED);
    }
    assertThat(reads).hasValue(before);
  }

  @Test
  void getUser_plaintext_doesNotConnect() {
    ManagedChannel plaintext = channel(InsecureChannelCredentials.create());

    assertThat(Refused.by(() -> get(stub(plaintext, null), "olivia")).code())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void getUser_clientThatTrustsAnotherAuthority_doesNotConnect() throws IOException {
    ChannelCredentials mistrusting =
        TlsChannelCredentials.newBuilder().trustManager(otherAuthority.ca().toFile()).build();

    assertThat(Refused.by(() -> get(stub(channel(mistrusting), null), "olivia")).code())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void health_withoutIdentity_isOpen() {
    HealthCheckResponse response =
        HealthGrpc.newBlockingStub(channel(trusting().build()))
            .check(HealthCheckRequest.getDefaultInstance());

    assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }

  // Rotation.

  @Test
  void calls_keysAndCertificatesRotate_noneFails() throws Exception {
    String olivia = TestService.fresh("olivia");
    create(stub(issuer.token(claims("billing", ALL).build())), olivia);
    ECKey second = TestIssuer.newKey("second");
    issuer.publish(issuer.key(), second);
    authority.server("server");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(13);
    int calls = 0;
    while (System.nanoTime() - end < 0) {
      // A connection of its own, so that each meets the certificate of its moment.
      ManagedChannel channel = channel(trusting().build());
      String token = issuer.token(claims("billing", ALL).build());
      assertThatCode(() -> get(stub(channel, token), olivia)).doesNotThrowAnyException();
      channel.shutdownNow();
      calls++;
      Thread.sleep(50);
    }

    assertThat(calls).isGreaterThan(20);
    assertThat(get(stub(TestIssuer.token(claims("billing", ALL).build(), second)), olivia))
        .isNotNull();
  }

  private static User get(AccountServiceBlockingStub stub, String username) {
    return stub.getUser(GetUserRequest.newBuilder().setUsername(username).build()).getUser();
  }

  private static void create(AccountServiceBlockingStub stub, String username) {
    var unused =
        stub.createUser(
            CreateUserRequest.newBuilder()
                .setUsername(username)
                .setFirstName("Olivia")
                .setLastName("Ray")
                .build());
  }

  private static User rename(AccountServiceBlockingStub stub, String username) {
    return stub.updateUser(
            UpdateUserRequest.newBuilder()
                .setUser(User.newBuilder().setUsername(username).setFirstName("New"))
                .build())
        .getUser();
  }

  private AccountServiceBlockingStub stub(@Nullable String token) {
    return stub(channel(trusting().build()), token);
  }

  private static AccountServiceBlockingStub stub(ManagedChannel channel, @Nullable String token) {
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

  private static TlsChannelCredentials.Builder trusting() {
    try {
      return TlsChannelCredentials.newBuilder().trustManager(authority.ca().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ChannelCredentials with(LocalAuthority.Pair client) throws IOException {
    return trusting().keyManager(client.certificate().toFile(), client.key().toFile()).build();
  }

  private ManagedChannel channel(ChannelCredentials credentials) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", service.port(), credentials).build();
    channels.add(channel);
    return channel;
  }
}
