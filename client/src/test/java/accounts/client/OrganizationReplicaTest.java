package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.client.fake.FakeServer;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.WatchRequest;
import accounts.v1.WatchResponse;
import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests replicas, of whose watches the server sends what the test says. */
@Timeout(60)
final class OrganizationReplicaTest {

  @RegisterExtension final FakeServer server = new FakeServer();

  private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
  private final Recorder recorder = new Recorder();
  private final AtomicLong now = new AtomicLong();

  /** Long after the changes of these tests. */
  private volatile Instant today = Instant.parse("2100-01-01T00:00:00Z");

  private AccountsClient client;

  /** A stream that the server was asked for. */
  private record Opened(WatchRequest request, StreamObserver<WatchResponse> responses) {

    void send(accounts.v1.Change... changes) {
      responses.onNext(
          WatchResponse.newBuilder().setToken("t").addAllChanges(List.of(changes)).build());
    }

    void expire() {
      responses.onError(
          StatusProto.toStatusException(
              com.google.rpc.Status.newBuilder()
                  .setCode(Status.Code.OUT_OF_RANGE.value())
                  .addDetails(
                      Any.pack(
                          ErrorInfo.newBuilder()
                              .setDomain("accounts")
                              .setReason("WATCH_TOKEN_EXPIRED")
                              .build()))
                  .build()));
    }
  }

  private static final class Recorder implements ReplicaListener {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile boolean throwing;

    @Override
    public void loaded() {
      events.add("loaded");
      if (throwing) {
        throw new IllegalStateException("test");
      }
    }

    @Override
    public void memberChanged(String username, Optional<Role> role) {
      events.add(username + " " + role.map(Role::name).orElse("-"));
    }

    @Override
    public void organizationChanged(Optional<Organization> organization) {
      events.add(organization.map(Organization::displayName).orElse("-"));
    }

    @Override
    public void ended(AccountsException failure) {
      events.add("ended " + failure.code());
    }
  }

  @BeforeEach
  void open() {
    server.accounts().onWatch((request, responses) -> opened.add(new Opened(request, responses)));
    client = AccountsClient.builder(server.address()).build();
    BlockingAccountsClient accounts = client.blocking();
    accounts.createUser("olivia", "Olivia", "Park");
    accounts.createOrganization("Acme", "olivia");
    accounts.addUserToOrganization("acme", "marc", Role.MEMBER, "olivia");
  }

  @AfterEach
  void close() {
    client.close();
  }

  private OrganizationReplica replica(String name, int maxMembers) {
    var replica =
        new OrganizationReplica(
            client, name, maxMembers, recorder, ended -> {}, now::get, () -> today);
    replica.open();
    return replica;
  }

  private OrganizationReplica replica() {
    return replica("acme", 100);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  /** Lets a replica load. */
  private Opened loaded(OrganizationReplica replica) throws InterruptedException {
    Opened stream = next(opened);
    stream.send();
    assertThat(replica.whenLoaded().join()).isSameAs(replica);
    assertThat(next(recorder.events)).isEqualTo("loaded");
    return stream;
  }

  private static accounts.v1.Change member(String username, long revision, accounts.v1.Role role) {
    return accounts.v1.Change.newBuilder()
        .setEntityKind(accounts.v1.EntityKind.ENTITY_KIND_MEMBERSHIP)
        .setOrganizationName("acme")
        .setUsername(username)
        .setAction(
            role == accounts.v1.Role.ROLE_UNSPECIFIED
                ? accounts.v1.ChangeAction.CHANGE_ACTION_REMOVED
                : accounts.v1.ChangeAction.CHANGE_ACTION_UPDATED)
        .setRevision(revision)
        .setRole(role)
        .build();
  }

  private static accounts.v1.Change organization(accounts.v1.ChangeAction action, long revision) {
    return accounts.v1.Change.newBuilder()
        .setEntityKind(accounts.v1.EntityKind.ENTITY_KIND_ORGANIZATION)
        .setOrganizationName("acme")
        .setAction(action)
        .setRevision(revision)
        .build();
  }

  @Test
  void open_beforeTheFirstResponse_isLoadingAndCannotBeAsked() throws Exception {
    try (OrganizationReplica replica = replica()) {
      assertThat(next(opened).request().getOrganizationName()).isEqualTo("acme");

      assertThat(replica.state()).isEqualTo(ReplicaState.LOADING);
      assertThatThrownBy(() -> replica.role("olivia"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("acme is not loaded");
      assertThat(server.script().seen()).noneMatch(c -> c.method().equals("GetOrganization"));
    }
  }

  @Test
  void whenLoaded_membersOnSeveralPages_hasAllOfThem() throws Exception {
    server.accounts().limitPages(1);
    try (OrganizationReplica replica = replica()) {
      var unused = loaded(replica);

      assertThat(replica.state()).isEqualTo(ReplicaState.LIVE);
      assertThat(replica.members())
          .containsExactlyInAnyOrder(
              new ReplicaMember("olivia", Role.OWNER, 1),
              new ReplicaMember("marc", Role.MEMBER, 1));
      assertThat(replica.role("marc")).contains(Role.MEMBER);
      assertThat(replica.role("nobody")).isEmpty();
      assertThat(replica.organization().map(Organization::displayName)).contains("Acme");
    }
  }

  @Test
  void changes_ofMembers_areAppliedOnceAndShown() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = loaded(replica);
      stream.send(
          member("marc", 1, accounts.v1.Role.ROLE_OWNER),
          member("marc", 2, accounts.v1.Role.ROLE_ADMIN),
          member("liam", 1, accounts.v1.Role.ROLE_MEMBER),
          member("olivia", 2, accounts.v1.Role.ROLE_UNSPECIFIED));

      assertThat(next(recorder.events)).isEqualTo("marc ADMIN");
      assertThat(next(recorder.events)).isEqualTo("liam MEMBER");
      assertThat(next(recorder.events)).isEqualTo("olivia -");
      assertThat(replica.role("marc")).contains(Role.ADMIN);
      assertThat(replica.members()).hasSize(2);
    }
  }

  @Test
  void changes_ofTheDisplayName_areReadAtTheirRevision() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = loaded(replica);
      var unused = client.blocking().updateOrganization("acme", "Acme & Co", "olivia");
      stream.send(organization(accounts.v1.ChangeAction.CHANGE_ACTION_UPDATED, 2));

      assertThat(next(recorder.events)).isEqualTo("Acme & Co");
      assertThat(replica.organization().map(Organization::revision)).contains(2L);
      assertThat(server.script().seen())
          .anyMatch(
              c -> c.request() instanceof GetOrganizationRequest q && q.getMinRevision() == 2);
    }
  }

  @Test
  void changes_endOfTheOrganization_leavesNothing() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = loaded(replica);
      stream.send(
          member("marc", 2, accounts.v1.Role.ROLE_UNSPECIFIED),
          member("olivia", 2, accounts.v1.Role.ROLE_UNSPECIFIED),
          organization(accounts.v1.ChangeAction.CHANGE_ACTION_REMOVED, 3));

      assertThat(next(recorder.events)).isEqualTo("marc -");
      assertThat(next(recorder.events)).isEqualTo("olivia -");
      assertThat(next(recorder.events)).isEqualTo("-");
      assertThat(replica.members()).isEmpty();
      assertThat(replica.organization()).isEmpty();
    }
  }

  @Test
  void changes_organizationErased_loadsAnew() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = loaded(replica);
      stream.send(organization(accounts.v1.ChangeAction.CHANGE_ACTION_ERASED, 0));

      assertThat(next(recorder.events)).isEqualTo("loaded");
      assertThat(replica.role("olivia")).contains(Role.OWNER);
    }
  }

  @Test
  void open_noOrganization_isEmptyUntilThereIsOne() throws Exception {
    try (OrganizationReplica replica = replica("beta", 100)) {
      Opened stream = loaded(replica);
      assertThat(replica.organization()).isEmpty();
      assertThat(replica.members()).isEmpty();
      var unused = client.blocking().createOrganization("Beta", "olivia");
      stream.send(organization(accounts.v1.ChangeAction.CHANGE_ACTION_CREATED, 1));

      assertThat(next(recorder.events)).isEqualTo("Beta");
    }
  }

  @Test
  void watchTokenExpired_loadsAnewAndHasTheOldContentsUntilThen() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = loaded(replica);
      var unused = client.blocking().removeUserFromOrganization("acme", "marc", "marc");
      stream.expire();
      Opened second = next(opened);
      assertThat(second.request().getToken()).isEmpty();
      assertThat(replica.state()).isEqualTo(ReplicaState.LOADING);
      assertThat(replica.role("marc")).contains(Role.MEMBER);
      second.send();

      assertThat(next(recorder.events)).isEqualTo("loaded");
      assertThat(replica.role("marc")).isEmpty();
      assertThat(replica.state()).isEqualTo(ReplicaState.LIVE);
    }
  }

  @Test
  void load_failsForAWhile_goesOnUntilItIsDone() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = next(opened);
      server.script().fail(Status.INTERNAL.asRuntimeException());
      server.script().fail(Status.INTERNAL.asRuntimeException());
      stream.send();

      assertThat(replica.whenLoaded().join().members()).hasSize(2);
    }
  }

  @Test
  void load_refused_ends() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = next(opened);
      server.script().fail(Status.PERMISSION_DENIED.asRuntimeException());
      stream.send();

      assertThat(next(recorder.events)).isEqualTo("ended PERMISSION_DENIED");
      assertThat(replica.state()).isEqualTo(ReplicaState.ENDED);
      assertThat(replica.whenLoaded()).isCompletedExceptionally();
    }
  }

  @Test
  void load_moreMembersThanItMayHave_ends() throws Exception {
    try (OrganizationReplica replica = replica("acme", 1)) {
      next(opened).send();

      assertThat(next(recorder.events)).isEqualTo("ended RESOURCE_EXHAUSTED");
      assertThatThrownBy(() -> replica.whenLoaded().join())
          .hasMessageContaining("acme has too many members for the replica (expected: at most 1)");
    }
  }

  @Test
  void changes_moreMembersThanItMayHave_ends() throws Exception {
    try (OrganizationReplica replica = replica("acme", 2)) {
      loaded(replica).send(member("liam", 1, accounts.v1.Role.ROLE_MEMBER));

      assertThat(next(recorder.events)).isEqualTo("liam MEMBER");
      assertThat(next(recorder.events)).isEqualTo("ended RESOURCE_EXHAUSTED");
    }
  }

  @Test
  void state_serviceSaysStalled_isStalled() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = loaded(replica);
      stream.responses().onNext(WatchResponse.newBuilder().setStalled(true).build());
      stream.send(member("marc", 2, accounts.v1.Role.ROLE_ADMIN));
      assertThat(next(recorder.events)).isEqualTo("marc ADMIN");
      assertThat(replica.state()).isEqualTo(ReplicaState.LIVE);
      stream
          .responses()
          .onNext(
              WatchResponse.newBuilder()
                  .setStalled(true)
                  .addChanges(member("marc", 3, accounts.v1.Role.ROLE_MEMBER))
                  .build());
      assertThat(next(recorder.events)).isEqualTo("marc MEMBER");

      assertThat(replica.state()).isEqualTo(ReplicaState.STALLED);
    }
  }

  @Test
  void state_silence_isStalledUntilTheSecondResponse() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = loaded(replica);
      now.addAndGet(Duration.ofSeconds(31).toNanos());
      assertThat(replica.state()).isEqualTo(ReplicaState.STALLED);
      assertThat(replica.age()).isEqualTo(Duration.ofSeconds(31));
      stream.send(member("marc", 2, accounts.v1.Role.ROLE_ADMIN));
      assertThat(next(recorder.events)).isEqualTo("marc ADMIN");
      assertThat(replica.state()).isEqualTo(ReplicaState.STALLED);
      stream.send(member("marc", 3, accounts.v1.Role.ROLE_MEMBER));
      assertThat(next(recorder.events)).isEqualTo("marc MEMBER");
      assertThat(replica.state())
          .as("that change was made long ago")
          .isEqualTo(ReplicaState.STALLED);
      stream.send();
      stream.send(member("marc", 4, accounts.v1.Role.ROLE_ADMIN));
      assertThat(next(recorder.events)).isEqualTo("marc ADMIN");

      assertThat(replica.state()).isEqualTo(ReplicaState.LIVE);
      assertThat(replica.age()).isZero();
    }
  }

  @Test
  void age_anotherStreamWithAChangeOfNow_isZero() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = loaded(replica);
      stream.responses().onCompleted();
      Opened second = next(opened);
      now.addAndGet(Duration.ofSeconds(20).toNanos());
      today = Instant.EPOCH.plusSeconds(1);
      second.send();
      second.send(member("marc", 2, accounts.v1.Role.ROLE_ADMIN));
      assertThat(next(recorder.events)).isEqualTo("marc ADMIN");

      assertThat(replica.age()).isZero();
    }
  }

  @Test
  void age_anotherStream_growsUntilWhatWasMissedIsHere() throws Exception {
    try (OrganizationReplica replica = replica()) {
      Opened stream = loaded(replica);
      stream.responses().onCompleted();
      Opened second = next(opened);
      now.addAndGet(Duration.ofSeconds(20).toNanos());
      second.send();
      second.send(member("marc", 2, accounts.v1.Role.ROLE_ADMIN));
      assertThat(next(recorder.events)).isEqualTo("marc ADMIN");

      assertThat(replica.age()).isEqualTo(Duration.ofSeconds(20));
      now.addAndGet(Duration.ofSeconds(11).toNanos());
      assertThat(replica.state()).isEqualTo(ReplicaState.STALLED);
      second.send();
      second.send(member("marc", 3, accounts.v1.Role.ROLE_MEMBER));
      assertThat(next(recorder.events)).isEqualTo("marc MEMBER");
      assertThat(replica.state()).isEqualTo(ReplicaState.LIVE);
    }
  }

  @Test
  void listenerThrows_ends() throws Exception {
    recorder.throwing = true;
    try (OrganizationReplica replica = replica()) {
      next(opened).send();

      assertThat(next(recorder.events)).isEqualTo("loaded");
      assertThat(next(recorder.events)).isEqualTo("ended CANCELLED");
      assertThat(replica.state()).isEqualTo(ReplicaState.ENDED);
    }
  }

  @Test
  void close_client_endsTheReplicaAndKeepsWhatItHas() throws Exception {
    OrganizationReplica replica = client.replicateOrganization("acme", recorder);
    Opened stream = loaded(replica);
    client.close();
    stream.responses().onError(Status.UNAVAILABLE.asException());

    assertThat(replica.state()).isEqualTo(ReplicaState.ENDED);
    assertThat(replica.role("olivia")).contains(Role.OWNER);
    assertThat(opened.poll(500, TimeUnit.MILLISECONDS)).isNull();
    assertThat(recorder.events).isEmpty();
  }

  @Test
  void close_beforeItIsLoaded_failsWhoWaits() {
    OrganizationReplica replica = client.replicateOrganization("acme", recorder);
    replica.close();

    assertThatThrownBy(() -> replica.whenLoaded().join())
        .hasMessageContaining("the replica was closed");
  }

  @Test
  void replicateOrganization_noMembersAllowed_isRefused() {
    assertThatThrownBy(() -> client.replicateOrganization("acme", 0, recorder))
        .hasMessage("maxMembers: 0 (expected: 1 or more)");
  }
}
