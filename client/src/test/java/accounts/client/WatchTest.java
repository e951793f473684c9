package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.fake.FakeServer;
import accounts.v1.WatchRequest;
import accounts.v1.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests watches, of which the server sends what the test says. */
@Timeout(60)
final class WatchTest {

  @RegisterExtension final FakeServer server = new FakeServer();

  private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
  private final Recorder recorder = new Recorder();
  private AccountsClient client;

  /** A stream that the server was asked for. */
  private record Opened(WatchRequest request, StreamObserver<WatchResponse> responses) {

    void send(String token, accounts.v1.Change... changes) {
      responses.onNext(
          WatchResponse.newBuilder().setToken(token).addAllChanges(List.of(changes)).build());
    }
  }

  private static final class Recorder implements WatchListener {

    private final BlockingQueue<WatchUpdate> updates = new LinkedBlockingQueue<>();
    private final BlockingQueue<AccountsException> ends = new LinkedBlockingQueue<>();
    private volatile @Nullable Throwable thrown;

    @Override
    public void received(WatchUpdate update) {
      updates.add(update);
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
      if (thrown instanceof Error error) {
        throw error;
      }
    }

    @Override
    public void ended(AccountsException failure) {
      ends.add(failure);
    }
  }

  @BeforeEach
  void open() {
    server.accounts().onWatch((request, responses) -> opened.add(new Opened(request, responses)));
    client = AccountsClient.builder(server.address()).build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static accounts.v1.Change change(String member, long revision) {
    return accounts.v1.Change.newBuilder()
        .setEntityKind(accounts.v1.EntityKind.ENTITY_KIND_MEMBERSHIP)
        .setOrganizationName("acme")
        .setUsername(member)
        .setAction(accounts.v1.ChangeAction.CHANGE_ACTION_UPDATED)
        .setRevision(revision)
        .setRole(accounts.v1.Role.ROLE_ADMIN)
        .build();
  }

  private static accounts.v1.Change erased(String member) {
    return change(member, 0).toBuilder()
        .setAction(accounts.v1.ChangeAction.CHANGE_ACTION_ERASED)
        .build();
  }

  private static List<Long> revisions(WatchUpdate update) {
    return update.changes().stream().map(Change::revision).toList();
  }

  @Test
  void watch_response_isAnUpdateWithTypedChanges() throws Exception {
    try (Watch watch = client.watchOrganization("acme", "t0", recorder)) {
      Opened stream = next(opened);
      assertThat(stream.request().getOrganizationName()).isEqualTo("acme");
      assertThat(stream.request().getToken()).isEqualTo("t0");
      stream.send("t1", change("olivia", 2));
      WatchUpdate update = next(recorder.updates);

      assertThat(update.token()).isEqualTo("t1");
      assertThat(update.changes().get(0).role()).contains(Role.ADMIN);
      assertThat(update.changes().get(0).username()).contains("olivia");
      assertThat(watch.token()).isNotEmpty();
    }
  }

  @Test
  void watch_streamEndsInAnyWay_goesOnFromTheLastToken() throws Exception {
    List<Status> ends =
        List.of(Status.OK, Status.UNAVAILABLE, Status.RESOURCE_EXHAUSTED, Status.INTERNAL);
    try (Watch watch = client.watchEverything("", recorder)) {
      for (Status end : ends) {
        Opened stream = next(opened);
        assertThat(stream.request().getToken()).isEqualTo(watch.token());
        stream.send(end.getCode().name(), change("olivia", end.getCode().value() + 1));
        var unused = next(recorder.updates);
        if (end.isOk()) {
          stream.responses().onCompleted();
        } else {
          stream.responses().onError(end.asException());
        }
      }

      assertThat(next(opened).request().getToken()).isEqualTo("INTERNAL");
      assertThat(recorder.ends).isEmpty();
    }
  }

  @Test
  void watch_repetitions_areDropped() throws Exception {
    try (Watch watch = client.watchUser("olivia", "", recorder)) {
      Opened stream = next(opened);
      stream.send("t1", change("olivia", 1), change("olivia", 2), change("marc", 1));
      stream.send("t2", change("olivia", 1), change("olivia", 2), change("olivia", 3));
      assertThat(revisions(next(recorder.updates))).containsExactly(1L, 2L, 1L);

      assertThat(revisions(next(recorder.updates))).containsExactly(3L);
      assertThat(watch.token()).startsWith("t");
    }
  }

  @Test
  void watch_erasedAndMadeAnew_isShownFromItsFirstRevisionOn() throws Exception {
    try (Watch watch = client.watchUser("olivia", "", recorder)) {
      next(opened).send("t1", change("olivia", 7), erased("olivia"), change("olivia", 1));

      assertThat(revisions(next(recorder.updates))).containsExactly(7L, 0L, 1L);
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void watch_refused_endsAndIsNotOpenedAgain() throws Exception {
    try (Watch watch = client.watchEverything("old", recorder)) {
      next(opened).responses().onError(Status.OUT_OF_RANGE.asException());

      assertThat(next(recorder.ends).code()).isEqualTo(Status.Code.OUT_OF_RANGE);
      assertThat(opened.poll(500, TimeUnit.MILLISECONDS)).isNull();
      assertThat(watch.token()).isEqualTo("old");
    }
  }

  static List<Throwable> thrown() {
    return List.of(new IllegalStateException("test"), new AssertionError("test"));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void watch_listenerThrows_endsBeforeTheUpdate(Throwable thrown) throws Exception {
    recorder.thrown = thrown;
    try (Watch watch = client.watchEverything("t0", recorder)) {
      next(opened).send("t1", change("olivia", 1));

      assertThat(next(recorder.ends)).hasMessageContaining("the listener failed");
      assertThat(watch.token()).isEqualTo("t0");
    }
  }

  @Test
  void close_clientWithAWatch_endsItAndWaitsForNothing() throws Exception {
    Watch watch = client.watchEverything("", recorder);
    Opened stream = next(opened);
    long began = System.nanoTime();
    client.close();
    stream.responses().onError(Status.UNAVAILABLE.asException());

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    assertThat(opened.poll(500, TimeUnit.MILLISECONDS)).isNull();
    assertThat(watch.token()).isEmpty();
  }

  @Test
  void close_open_opensNoOtherStream() throws Exception {
    Watch watch = client.watchEverything("", recorder);
    Opened stream = next(opened);
    watch.close();
    stream.responses().onError(Status.UNAVAILABLE.asException());

    assertThat(opened.poll(500, TimeUnit.MILLISECONDS)).isNull();
    assertThat(recorder.ends).isEmpty();
  }
}
