package accounts.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import accounts.client.AccessGuard.CallUser;
import accounts.client.fake.Failures;
import accounts.client.fake.FakeServer;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.AccountServiceGrpc.AccountServiceImplBase;
import accounts.v1.Consistency;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetOrganizationResponse;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListOrganizationMembersResponse;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the guard around a service of another team, over real connections. */
@Timeout(60)
final class AccessGuardTest {

  private static final Metadata.Key<String> USER =
      Metadata.Key.of("user", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<String> CALLER = Context.key("caller");

  @RegisterExtension final FakeServer backend = new FakeServer();
  private final ExecutorService handlers = Executors.newCachedThreadPool();
  private final Shop shop = new Shop();
  private AccountsClient client;
  private Server server;
  private ManagedChannel channel;

  /** The guarded service; it borrows messages of the contract. */
  private static final class Shop extends AccountServiceImplBase {

    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public void getOrganization(
        GetOrganizationRequest request, StreamObserver<GetOrganizationResponse> observer) {
      calls.incrementAndGet();
      GetOrganizationResponse.Builder response = GetOrganizationResponse.newBuilder();
      response.getOrganizationBuilder().setFoundingUser(CALLER.get());
      observer.onNext(response.build());
      observer.onCompleted();
    }

    @Override
    public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> observer) {
      calls.incrementAndGet();
      observer.onNext(GetUserResponse.getDefaultInstance());
      observer.onCompleted();
    }

    @Override
    public void listOrganizationMembers(
        ListOrganizationMembersRequest request,
        StreamObserver<ListOrganizationMembersResponse> observer) {
      calls.incrementAndGet();
      throw new IllegalStateException("a fault of the handler");
    }
  }

  /** Stands for the interceptor that finds out who calls. */
  private static final class Identity implements ServerInterceptor {
    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      Context named = Context.current().withValue(CALLER, headers.get(USER));
      return Contexts.interceptCall(named, call, headers, next);
    }
  }

  @BeforeEach
  void start() throws IOException {
    client = AccountsClient.builder(backend.address()).build();
    BlockingAccountsClient now = client.blocking();
    now.createUser("olivia", "Olivia", "Park");
    now.createUser("marc", "Marc", "Lee");
    now.createOrganization("Olivia's Org", "olivia");
    now.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");
    HealthStatusManager health = new HealthStatusManager();
    CallUser user = (call, headers) -> Optional.ofNullable(CALLER.get());
    AccessGuard guard =
        AccessGuard.builder(client, user, handlers)
            .require(
                AccountServiceGrpc.getGetOrganizationMethod(),
                Role.ADMIN,
                GetOrganizationRequest::getOrganizationName)
            .require(
                AccountServiceGrpc.getListOrganizationMembersMethod(),
                Role.MEMBER,
                ListOrganizationMembersRequest::getOrganizationName)
            .open(HealthGrpc.getServiceDescriptor())
            .options(accounts.client.Consistency.BOUNDED)
            .build();
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(ServerInterceptors.intercept(shop, guard, new Identity()))
            .addService(ServerInterceptors.intercept(health.getHealthService(), guard))
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    server.shutdownNow().awaitTermination();
    client.close();
    handlers.shutdownNow();
  }

  private AccountServiceBlockingStub as(String user) {
    Metadata headers = new Metadata();
    headers.put(USER, user);
    return AccountServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static GetOrganizationRequest asking(String organization) {
    return GetOrganizationRequest.newBuilder().setOrganizationName(organization).build();
  }

  private Code refused(Runnable call) {
    int before = shop.calls.get();
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(shop.calls).hasValue(before);
    return refusal.getStatus().getCode();
  }

  @Test
  void call_userWithTheRole_reachesTheHandlerInItsContext() {
    var response = as("olivia").getOrganization(asking("olivias-org"));

    assertThat(response.getOrganization().getFoundingUser()).isEqualTo("olivia");
  }

  @Test
  void call_userWithALowerRole_isPermissionDenied() {
    assertThat(refused(() -> as("marc").getOrganization(asking("olivias-org"))))
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void call_userOfAnotherOrganization_isPermissionDenied() {
    client.blocking().createOrganization("Marc's", "marc");

    assertThat(refused(() -> as("olivia").getOrganization(asking("marcs"))))
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void call_afterItsUserWasRemoved_isPermissionDenied() {
    as("olivia").getOrganization(asking("olivias-org"));
    client.blocking().removeUserFromOrganization("olivias-org", "olivia", "olivia");

    assertThat(refused(() -> as("olivia").getOrganization(asking("olivias-org"))))
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void call_methodNotInTheTable_isPermissionDeniedWithoutACheck() {
    int before = backend.script().seen().size();

    assertThat(refused(() -> as("olivia").getUser(GetUserRequest.getDefaultInstance())))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(backend.script().seen()).hasSize(before);
  }

  @Test
  void call_withoutUser_isUnauthenticatedWithoutACheck() {
    int before = backend.script().seen().size();
    var nobody = AccountServiceGrpc.newBlockingStub(channel);

    assertThat(refused(() -> nobody.getOrganization(asking("olivias-org"))))
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(backend.script().seen()).hasSize(before);
  }

  @Test
  void call_openMethod_isDoneWithoutUser() {
    var health = HealthGrpc.newBlockingStub(channel);

    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void call_nameOfNoOrganization_isPermissionDenied() {
    backend
        .script()
        .fail(Failures.of(Code.INVALID_ARGUMENT, "INVALID_FIELD", "organization_name", Map.of()));

    assertThat(refused(() -> as("olivia").getOrganization(asking("!!!"))))
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void call_accountsUnreachable_isUnavailable() throws Exception {
    backend.stop();

    assertThat(refused(() -> as("olivia").getOrganization(asking("olivias-org"))))
        .isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void call_cancelledDuringTheCheck_cancelsTheCheckAndReachesNoHandler() {
    backend.script().hang();
    var future = AccountServiceGrpc.newFutureStub(channel);
    Metadata headers = new Metadata();
    headers.put(USER, "olivia");
    var call =
        future
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .getOrganization(asking("olivias-org"));
    backend.script().hanging().orTimeout(10, SECONDS).join();

    call.cancel(true);

    backend.script().cancelled().orTimeout(10, SECONDS).join();
    assertThat(shop.calls).hasValue(0);
  }

  @Test
  void call_handlerThatThrows_isUnknown() {
    var request =
        ListOrganizationMembersRequest.newBuilder().setOrganizationName("olivias-org").build();

    assertThatThrownBy(() -> as("marc").listOrganizationMembers(request))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNKNOWN));
    assertThat(shop.calls).hasValue(1);
  }

  @Test
  void call_serverStops_isUnavailable() {
    handlers.shutdown();

    assertThat(refused(() -> as("olivia").getOrganization(asking("olivias-org"))))
        .isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void check_options_areSent() {
    as("olivia").getOrganization(asking("olivias-org"));

    assertThat(backend.script().seen().get(backend.script().seen().size() - 1).request())
        .isInstanceOfSatisfying(
            accounts.v1.CheckAccessRequest.class,
            request ->
                assertThat(request.getConsistency()).isEqualTo(Consistency.CONSISTENCY_BOUNDED));
  }

  // Otherwise a service that is opened would open what was guarded before.
  @Test
  void open_methodInTheTableAlready_isRefused() {
    AccessGuard.Builder guard =
        AccessGuard.builder(client, (call, headers) -> Optional.empty(), handlers)
            .require(
                AccountServiceGrpc.getGetOrganizationMethod(),
                Role.OWNER,
                GetOrganizationRequest::getOrganizationName);

    assertThatThrownBy(() -> guard.open(AccountServiceGrpc.getServiceDescriptor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "accounts.v1.AccountService/GetOrganization: in the table already (expected: each method once)");
  }

  @Test
  void require_methodWithAStreamOfRequests_isRefused() {
    MethodDescriptor<GetUserRequest, GetUserResponse> streaming =
        AccountServiceGrpc.getGetUserMethod().toBuilder()
            .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
            .build();
    var builder = AccessGuard.builder(client, (call, headers) -> Optional.empty(), handlers);

    assertThatThrownBy(() -> builder.require(streaming, Role.MEMBER, GetUserRequest::getUsername))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: a single request");
  }
}
