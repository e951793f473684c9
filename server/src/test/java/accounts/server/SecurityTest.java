package accounts.server;

import static accounts.server.SecuredService.ALL;
import static accounts.server.SecuredService.BILLING;
import static accounts.server.SecuredService.createUser;
import static accounts.server.SecuredService.getUser;
import static accounts.server.SecuredService.stub;
import static accounts.server.TestIssuer.claims;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import accounts.local.identity.LocalAuthority;
import accounts.v1.AcceptInvitationRequest;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.AuditEntry;
import accounts.v1.ListChangesRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may call a server with TLS and identities, through real TLS. */
@Timeout(60)
@SuppressWarnings("JavaUtilDate") // the JWT library has nothing else
final class SecurityTest {

  /** gRPC looks at the files once a minute. */
  private static final Duration ROTATED_WITHIN = Duration.ofSeconds(150);

  /** The scope that each call of the contract takes. */
  private static final Map<String, String> SCOPES =
      Map.ofEntries(
          Map.entry("CreateUser", "accounts.write"),
          Map.entry("GetUser", "accounts.read"),
          Map.entry("BatchGetUsers", "accounts.read"),
          Map.entry("UpdateUser", "accounts.write"),
          Map.entry("UpdateOrganization", "accounts.write"),
          Map.entry("SuspendUser", "accounts.suspend"),
          Map.entry("ResumeUser", "accounts.suspend"),
          Map.entry("DeleteUser", "accounts.delete"),
          Map.entry("UndeleteUser", "accounts.delete"),
          Map.entry("PurgeUser", "accounts.delete"),
          Map.entry("DeleteOrganization", "accounts.delete"),
          Map.entry("UndeleteOrganization", "accounts.delete"),
          Map.entry("Watch", "accounts.watch"),
          Map.entry("CreateOrganization", "accounts.write"),
          Map.entry("GetOrganization", "accounts.read"),
          Map.entry("AddUserToOrganization", "accounts.write"),
          Map.entry("GetMembership", "accounts.read"),
          Map.entry("BatchGetMemberships", "accounts.read"),
          Map.entry("CheckAccess", "accounts.read"),
          Map.entry("BatchCheckAccess", "accounts.read"),
          Map.entry("ChangeMemberRole", "accounts.write"),
          Map.entry("RemoveUserFromOrganization", "accounts.write"),
          Map.entry("ListOrganizationMembers", "accounts.read"),
          Map.entry("ListUserMemberships", "accounts.read"),
          Map.entry("InviteUser", "accounts.write"),
          Map.entry("AcceptInvitation", "accounts.write"),
          Map.entry("DeleteInvitation", "accounts.write"),
          Map.entry("ListInvitations", "accounts.read"),
          Map.entry("ListUsers", "accounts.list"),
          Map.entry("ListOrganizations", "accounts.list"),
          Map.entry("ListEntities", "accounts.export"),
          Map.entry("ListChanges", "accounts.audit"));

  @TempDir private static Path folder;

  private static TestBackends backends;
  private static TestIssuer issuer;
  private static LocalAuthority otherAuthority;
  private static SecuredService service;

  @BeforeAll
  static void start() throws IOException {
    backends = new TestBackends();
    issuer = new TestIssuer();
    otherAuthority = new LocalAuthority(folder, "other");
    service = new SecuredService(backends, issuer, folder);
    // The first token may come before the first keys.
    var unused = Eventually.get(issuer::fetches, count -> count > 0);
  }

  @AfterAll
  static void stop() {
    service.close();
    issuer.close();
    backends.close();
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
    LONG_SUBJECT("token with a subject of 1025 characters (expected: 1024 at most)"),
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
        case LONG_SUBJECT -> issuer.token(good.subject("s".repeat(1025)).build());
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
    AccountServiceBlockingStub stub = service.stub(bad.token());
    int before = service.reads();
    Refused refused = Refused.by(() -> getUser(stub, "olivia"));

    assertThat(refused.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refused.reason()).isEqualTo("UNAUTHENTICATED");
    assertThat(refused.message()).isEqualTo("unauthenticated: " + bad.message);
    assertThat(service.reads()).isEqualTo(before);
  }

  @Test
  void calls_serviceThatMayActAsAnyone_areDone() {
    AccountServiceBlockingStub stub = service.stub(issuer.token(claims("billing", ALL).build()));
    String olivia = TestService.fresh("olivia");
    createUser(stub, olivia);

    assertThat(getUser(stub, olivia).getUsername()).isEqualTo(olivia);
    assertThat(getUser(stub, olivia).getUsername()).isEqualTo(olivia);
  }

  @Test
  void createUser_withoutScope_isRefusedBeforeTheDomain() {
    AccountServiceBlockingStub stub =
        service.stub(issuer.token(claims("report", "accounts.read").build()));
    int before = service.reads();
    Refused refused = Refused.by(() -> createUser(stub, TestService.fresh("olivia")));

    assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused.reason()).isEqualTo("SCOPE_REQUIRED");
    assertThat(refused.metadata()).containsExactly(Map.entry("scope", "accounts.write"));
    assertThat(service.reads()).isEqualTo(before);
  }

  @Test
  void updateUser_personForAnother_isRefusedBeforeTheDomain() {
    String olivia = TestService.fresh("olivia");
    AccountServiceBlockingStub stub =
        service.stub(issuer.token(claims("u-1", ALL).claim("username", olivia).build()));
    createUser(stub, olivia);
    int before = service.reads();
    Refused refused = Refused.by(() -> rename(stub, "victor"));

    assertThat(refused.reason()).isEqualTo("SCOPE_REQUIRED");
    assertThat(refused.metadata())
        .containsOnly(Map.entry("scope", "accounts.act-as"), Map.entry("username", "victor"));
    assertThat(service.reads()).isEqualTo(before);
    assertThat(rename(stub, olivia).getFirstName()).isEqualTo("New");
  }

  @Test
  void acceptInvitation_personForAnother_isRefusedBeforeTheDomain() {
    AccountServiceBlockingStub stub =
        service.stub(issuer.token(claims("u-1", ALL).claim("username", "olivia").build()));
    AcceptInvitationRequest request =
        AcceptInvitationRequest.newBuilder()
            .setOrganizationName("org")
            .setActingUser("victor")
            .build();
    int before = service.reads();

    Refused refused = Refused.by(() -> stub.acceptInvitation(request));

    assertThat(refused.reason()).isEqualTo("SCOPE_REQUIRED");
    assertThat(refused.metadata()).containsEntry("username", "victor");
    assertThat(service.reads()).isEqualTo(before);
  }

  @Test
  void getUser_subjectWithScopesOfTheConfiguration_mayReadAndNoMore() {
    AccountServiceBlockingStub stub =
        service.stub(issuer.token(claims("system:serviceaccount:jobs:report", "").build()));

    assertThat(Refused.by(() -> getUser(stub, "nobody")).reason()).isEqualTo("USER_NOT_FOUND");
    assertThat(Refused.by(() -> createUser(stub, "nobody")).reason()).isEqualTo("SCOPE_REQUIRED");
  }

  @Test
  void calls_manyTokensWithUnknownKeys_fetchKeysAFewTimes() {
    int before = issuer.fetches();
    List<String> tokens =
        IntStream.range(0, 200)
            .mapToObj(
                i -> TestIssuer.token(claims("x", ALL).build(), TestIssuer.newKey("storm-" + i)))
            .toList();
    ManagedChannel channel = service.channel();
    for (String token : tokens) {
      assertThat(Refused.by(() -> getUser(stub(channel, token), "olivia")).code())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    assertThat(issuer.fetches() - before).isLessThanOrEqualTo(4);
  }

  // Every call of the contract, by the scope that it takes.

  @ParameterizedTest
  @MethodSource("methods")
  void call_withEveryOtherScope_isRefusedForItsOwn(String method) {
    String scope = SCOPES.getOrDefault(method, "none: the table lacks " + method);
    String others =
        SCOPES.values().stream()
            .filter(other -> !other.equals(scope))
            .distinct()
            .collect(joining(" "));
    Refused refused =
        Refused.by(() -> callMalformed(method, issuer.token(claims("other", others).build())));

    assertThat(refused.reason()).isEqualTo("SCOPE_REQUIRED");
    assertThat(refused.metadata()).containsExactly(Map.entry("scope", scope));
    assertThat(
            Refused.by(() -> callMalformed(method, issuer.token(claims("billing", scope).build())))
                .reason())
        .isEqualTo("INVALID_FIELD");
  }

  static List<String> methods() {
    return AccountServiceGrpc.getServiceDescriptor().getMethods().stream()
        .map(method -> String.valueOf(method.getBareMethodName()))
        .toList();
  }

  /**
   * Fields 1 and 2 of -1 are malformed, whatever the call: below what is permitted where one is a
   * number, and otherwise unknown, which leaves an empty request that lacks what is required.
   */
  private static void callMalformed(String method, String token) {
    AccountServiceBlockingStub stub = service.stub(token);
    byte[] unused =
        ClientCalls.blockingUnaryCall(
            stub.getChannel(),
            RawBytes.method(AccountServiceGrpc.SERVICE_NAME, method),
            stub.getCallOptions(),
            new byte[] {
              8, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 16, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1
            });
  }

  // The audit trail.

  @Test
  void listChanges_withoutScope_isRefused() {
    AccountServiceBlockingStub stub = service.stub(issuer.token(claims("billing", ALL).build()));
    String olivia = TestService.fresh("olivia");
    createUser(stub, olivia);
    Refused refused = Refused.by(() -> changes(stub, olivia));

    assertThat(refused.reason()).isEqualTo("SCOPE_REQUIRED");
    assertThat(refused.metadata()).containsExactly(Map.entry("scope", "accounts.audit"));
  }

  @Test
  void listChanges_byTokenOfAServiceAndOfAPerson_namesBoth() {
    String olivia = TestService.fresh("olivia");
    createUser(service.stub(issuer.token(claims("billing", ALL).build())), olivia);
    var unused =
        rename(
            service.stub(issuer.token(claims("u-1", ALL).claim("username", olivia).build())),
            olivia);
    AccountServiceBlockingStub auditor =
        service.stub(issuer.token(claims("auditor", "accounts.audit").build()));

    assertThat(changes(auditor, olivia))
        .extracting(AuditEntry::getCaller)
        .containsExactly(TestIssuer.NAME + " billing", TestIssuer.NAME + " u-1");
    assertThat(Refused.by(() -> getUser(auditor, olivia)).reason()).isEqualTo("SCOPE_REQUIRED");
  }

  @Test
  void listChanges_byCertificate_namesItsSpiffeId() throws IOException {
    AccountServiceBlockingStub stub =
        stub(service.channel(service.authority().client("billing", BILLING)), null);
    String olivia = TestService.fresh("olivia");
    createUser(stub, olivia);

    assertThat(changes(stub, olivia)).extracting(AuditEntry::getCaller).containsExactly(BILLING);
  }

  private static List<AuditEntry> changes(AccountServiceBlockingStub stub, String username) {
    return stub.listChanges(ListChangesRequest.newBuilder().setUsername(username).build())
        .getChangesList();
  }

  // Client certificates.

  @Test
  void calls_clientCertificateWithKnownId_areDone() throws IOException {
    LocalAuthority.Pair client = service.authority().client("billing", BILLING);
    AccountServiceBlockingStub stub = stub(service.channel(client), null);
    String olivia = TestService.fresh("olivia");
    createUser(stub, olivia);

    assertThat(getUser(stub, olivia).getUsername()).isEqualTo(olivia);
  }

  @Test
  void getUser_clientCertificateWithUnknownId_isRefused() throws IOException {
    LocalAuthority.Pair client =
        service.authority().client("stranger", "spiffe://example.org/stranger");

    assertThat(Refused.by(() -> getUser(stub(service.channel(client), null), "olivia")).message())
        .isEqualTo("unauthenticated: SPIFFE id spiffe://example.org/stranger is not known here");
  }

  @Test
  void getUser_clientCertificateExpiredOrOfAnotherAuthority_isRefused() throws IOException {
    int before = service.reads();
    for (LocalAuthority.Pair client :
        List.of(
            service.authority().expiredClient("expired", BILLING),
            otherAuthority.client("untrusted", BILLING))) {
      // The one of another authority does not pass the handshake.
      assertThat(Refused.by(() -> getUser(stub(service.channel(client), null), "olivia")).code())
          .isIn(Status.Code.UNAVAILABLE, Status.Code.UNAUTHENTICATED);
    }
    assertThat(service.reads()).isEqualTo(before);
  }

  @Test
  void getUser_plaintext_doesNotConnect() {
    ManagedChannel plaintext = service.channel(InsecureChannelCredentials.create());

    assertThat(Refused.by(() -> getUser(stub(plaintext, null), "olivia")).code())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void getUser_clientThatTrustsAnotherAuthority_doesNotConnect() throws IOException {
    ChannelCredentials mistrusting =
        TlsChannelCredentials.newBuilder().trustManager(otherAuthority.ca().toFile()).build();

    assertThat(Refused.by(() -> getUser(stub(service.channel(mistrusting), null), "olivia")).code())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void health_withoutIdentity_isOpen() {
    HealthCheckResponse response =
        HealthGrpc.newBlockingStub(service.channel())
            .check(HealthCheckRequest.getDefaultInstance());

    assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }

  // Rotation.

  /** What the server shows and believes at one moment. */
  private record Seen(X509Certificate certificate, boolean nextAuthority) {}

  @Test
  @Timeout(180)
  void calls_keysCertificatesAndAuthoritiesRotate_noneFails() throws Exception {
    String olivia = TestService.fresh("olivia");
    createUser(service.stub(issuer.token(claims("billing", ALL).build())), olivia);
    ECKey second = TestIssuer.newKey("second");
    issuer.publish(issuer.key(), second);
    X509Certificate before = service.certificate();
    service.authority().server("server");
    LocalAuthority.Pair client = service.authority().client("before", BILLING);
    LocalAuthority nextAuthority = new LocalAuthority(folder, "next");
    LocalAuthority.Pair next = nextAuthority.client("after", BILLING);
    assertThat(isAccepted(next, olivia)).isFalse();
    service.trustClientsOf(nextAuthority);
    String token = issuer.token(claims("billing", ALL).build());
    Seen after =
        Eventually.get(
            () -> {
              // Connections of their own, so that each meets the files of its moment.
              callOnce(service.channel(), token, olivia);
              callOnce(service.channel(client), null, olivia);
              return new Seen(service.certificate(), isAccepted(next, olivia));
            },
            now -> !now.certificate().equals(before) && now.nextAuthority(),
            ROTATED_WITHIN);

    assertThat(after.certificate().getNotBefore()).isAfterOrEqualTo(before.getNotBefore());
    assertThat(
            getUser(service.stub(TestIssuer.token(claims("billing", ALL).build(), second)), olivia))
        .isNotNull();
  }

  private static void callOnce(ManagedChannel channel, @Nullable String token, String username) {
    assertThatCode(() -> getUser(stub(channel, token), username)).doesNotThrowAnyException();
    channel.shutdownNow();
  }

  private static boolean isAccepted(LocalAuthority.Pair client, String username) {
    ManagedChannel channel = service.channel(client);
    try {
      return getUser(stub(channel, null), username).getUsername().equals(username);
    } catch (StatusRuntimeException refused) {
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  private static User rename(AccountServiceBlockingStub stub, String username) {
    return stub.updateUser(
            UpdateUserRequest.newBuilder()
                .setUser(User.newBuilder().setUsername(username).setFirstName("New"))
                .build())
        .getUser();
  }
}
