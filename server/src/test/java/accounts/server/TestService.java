package accounts.server;

import accounts.admin.AdminServer;
import accounts.grpc.InMemoryServer;
import accounts.local.AwsEnvironment;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.server.config.ConfigurationReader;
import accounts.store.AccountStore;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.Consistency;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateOrganizationResponse;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Membership;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.Role;
import accounts.v1.User;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A whole server in this JVM on a port of its own, and stubs that reach it over that port. */
final class TestService implements AutoCloseable {

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Wiring wiring;
  private final ManagedChannel channel;
  private final AccountServiceBlockingStub stub;

  private TestService(Wiring wiring) {
    this.wiring = wiring;
    this.channel = channelTo(wiring.server().port());
    this.stub = AccountServiceGrpc.newBlockingStub(channel).withInterceptors(new DefaultDeadline());
  }

  /** Starts a server, which need not go by the cache yet; the caller closes it. */
  static TestService start(Map<String, String> environment) {
    return start(environment, new TestParts());
  }

  /** As {@link #start(Map)}, of other parts. */
  static TestService start(Map<String, String> environment, Parts parts) {
    try {
      Wiring wiring = wiring(environment, parts);
      wiring.lifecycle().start();
      wiring.server().start();
      return new TestService(wiring);
    } catch (ConfigurationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** AWS's own chain reads system properties where a child process would have variables. */
  private static synchronized Wiring wiring(Map<String, String> environment, Parts parts)
      throws ConfigurationException {
    System.setProperty("aws.region", AwsEnvironment.REGION);
    System.setProperty("aws.accessKeyId", AwsEnvironment.KEY);
    System.setProperty("aws.secretAccessKey", AwsEnvironment.KEY);
    System.setProperty(
        "aws.endpointUrlDynamoDb", environment.getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", ""));
    Configuration configuration = ConfigurationReader.read(environment, () -> true);
    return new Wiring(
        configuration,
        Clients.open(configuration, parts),
        CompletableFuture.completedFuture(TestBackends.tableId(configuration.store().table())),
        parts);
  }

  static ManagedChannel channelTo(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  /** No test hangs for ever, whatever the server does. */
  private static final class DefaultDeadline implements ClientInterceptor {

    @Override
    public <Q, S> ClientCall<Q, S> interceptCall(
        MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
      return next.newCall(
          method,
          options.getDeadline() == null
              ? options.withDeadlineAfter(60, TimeUnit.SECONDS)
              : options);
    }
  }

  int port() {
    return wiring.server().port();
  }

  /** Returns the server's admin port, listening; the caller closes it. */
  AdminServer listenToAdmin() throws IOException {
    return AdminServer.start(
        "127.0.0.1",
        0,
        wiring.metrics().registry(),
        wiring.liveness()::isLive,
        wiring.server()::isServing);
  }

  /** Returns the units of calls that are answered and not read, as the metrics show them. */
  int unreadUnits() {
    return wiring.metrics().registry().scrape("accounts_call_units"::equals).stream()
        .map(GaugeSnapshot.class::cast)
        .flatMap(gauge -> gauge.getDataPoints().stream())
        .filter(point -> "unread".equals(point.getLabels().get("state")))
        .mapToInt(point -> (int) point.getValue())
        .findFirst()
        .orElseThrow();
  }

  /** Returns how many calls ended with a status, as the metrics show them. */
  long endedWith(Status.Code code) {
    return wiring.metrics().registry().scrape("grpc_server_call_duration_seconds"::equals).stream()
        .flatMap(histogram -> ((HistogramSnapshot) histogram).getDataPoints().stream())
        .filter(point -> code.name().equals(point.getLabels().get("grpc_status")))
        .mapToLong(HistogramSnapshot.HistogramDataPointSnapshot::getCount)
        .sum();
  }

  /** Returns how many calls of the cache got no answer, as the metrics show them. */
  long callsWithoutAnswer() {
    return wiring.metrics().registry().scrape(name -> name.startsWith("accounts_cache_")).stream()
        .filter(CounterSnapshot.class::isInstance)
        .flatMap(counter -> ((CounterSnapshot) counter).getDataPoints().stream())
        .filter(point ->
            "unavailable".equals(point.getLabels().get("held"))
                || "unavailable".equals(point.getLabels().get("result")))
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  /** Returns how many accounts this server has entered in the directory, as the metrics show it. */
  long enteredAccounts() {
    return wiring.metrics().registry().scrape("accounts_directory_entered"::equals).stream()
        .flatMap(counter -> ((CounterSnapshot) counter).getDataPoints().stream())
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  /** Returns how many calls of callers were counted of a method. */
  long callsOf(String method) {
    return wiring.metrics().registry().scrape("grpc_server_call_started"::equals).stream()
        .flatMap(counter -> ((CounterSnapshot) counter).getDataPoints().stream())
        .filter(
            point -> String.valueOf(point.getLabels().get("grpc_method")).endsWith("/" + method))
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  /** Returns the service over a connection in memory; the caller closes it. */
  InMemoryServer inMemory() throws IOException {
    return wiring.inMemory();
  }

  AccountStore store() {
    return wiring.store();
  }

  ManagedChannel channel() {
    return channel;
  }

  AccountServiceBlockingStub stub() {
    return stub;
  }

  /** Returns a name that no other test uses, valid for users and organizations alike. */
  static String fresh(String prefix) {
    return prefix + "-" + NAMES.incrementAndGet();
  }

  /** Creates a user of a fresh name and returns the name. */
  String newUser() {
    return createUser(fresh("user")).getUsername();
  }

  User createUser(String username) {
    return stub.createUser(
            CreateUserRequest.newBuilder()
                .setUsername(username)
                .setFirstName("Olivia")
                .setLastName("Ray")
                .build())
        .getUser();
  }

  GetUserResponse getUser(String username) {
    return stub.getUser(GetUserRequest.newBuilder().setUsername(username).build());
  }

  /** Creates an organization of a fresh name and returns the name. */
  String newOrganization(String founder) {
    return createOrganization(fresh("org"), founder).getOrganization().getOrganizationName();
  }

  CreateOrganizationResponse createOrganization(String name, String founder) {
    return stub.createOrganization(
        CreateOrganizationRequest.newBuilder()
            .setOrganizationName(name)
            .setFoundingUser(founder)
            .build());
  }

  Membership add(String organization, String member, Role role, String by) {
    return stub.addUserToOrganization(adding(organization, member, role, by)).getMembership();
  }

  static AddUserToOrganizationRequest adding(
      String organization, String member, Role role, String by) {
    return AddUserToOrganizationRequest.newBuilder()
        .setOrganizationName(organization)
        .setMemberUsername(member)
        .setRole(role)
        .setAddingUser(by)
        .build();
  }

  /** Creates a user, adds it, and returns its name. */
  String newMember(String organization, Role role, String by) {
    String member = newUser();
    add(organization, member, role, by);
    return member;
  }

  Membership change(String organization, String member, Role role, String by) {
    return stub.changeMemberRole(changing(organization, member, role, by)).getMembership();
  }

  static ChangeMemberRoleRequest changing(
      String organization, String member, Role role, String by) {
    return ChangeMemberRoleRequest.newBuilder()
        .setOrganizationName(organization)
        .setUsername(member)
        .setRole(role)
        .setActingUser(by)
        .build();
  }

  Membership remove(String organization, String member, String by) {
    return stub.removeUserFromOrganization(removing(organization, member, by)).getMembership();
  }

  static RemoveUserFromOrganizationRequest removing(String organization, String member, String by) {
    return RemoveUserFromOrganizationRequest.newBuilder()
        .setOrganizationName(organization)
        .setUsername(member)
        .setActingUser(by)
        .build();
  }

  Membership membership(String organization, String member) {
    return stub.getMembership(
            GetMembershipRequest.newBuilder()
                .setOrganizationName(organization)
                .setUsername(member)
                .setConsistency(Consistency.CONSISTENCY_STORE)
                .build())
        .getMembership();
  }

  /** Stops in good order, as on SIGTERM. */
  void stop() throws InterruptedException {
    wiring.lifecycle().stop();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
