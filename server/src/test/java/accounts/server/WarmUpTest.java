package accounts.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import accounts.grpc.InMemoryServer;
import accounts.grpc.RecordedWarmUp;
import accounts.grpc.RecordedWarmUp.Ended;
import accounts.server.StopSignal.StoppedException;
import accounts.service.EntityReader;
import accounts.service.ReadResults;
import accounts.service.WarmUpCommits;
import accounts.store.CommitResult;
import accounts.store.RecordingAccountStore;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WarmUpTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int CALLS_A_ROUND = 8;
  private static final int ROUNDS = 8;

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  private final AtomicInteger reads = new AtomicInteger();
  private final StopSignal signal = new StopSignal();

  @Test
  void awaitLease_leaseComesAbout_readsUntilThen() throws Exception {
    WarmUp.awaitLease(reader(), () -> reads.get() == 3, LONG, signal);

    assertThat(reads).hasValue(3);
  }

  @Test
  void awaitLease_leaseNeverComes_endsAllTheSame() throws Exception {
    long began = System.nanoTime();
    WarmUp.awaitLease(reader(), () -> false, Duration.ofMillis(20), signal);

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofMillis(40));
  }

  @Test
  void awaitLease_readsFail_goesOn() throws Exception {
    EntityReader failing =
        (keys, options, scope) -> {
          reads.incrementAndGet();
          return CompletableFuture.failedFuture(new IllegalStateException("nothing answers"));
        };
    WarmUp.awaitLease(failing, () -> reads.get() == 3, LONG, signal);

    assertThat(reads).hasValue(3);
  }

  @Test
  void awaitLease_signal_endsWithoutALease() {
    signal.give();

    assertThatThrownBy(() -> WarmUp.awaitLease(reader(), () -> false, LONG, signal))
        .isInstanceOf(StoppedException.class);
  }

  @Test
  void call_signal_endsBeforeItsTime() {
    signal.give();

    assertThatThrownBy(
            () -> WarmUp.call(service::inMemory, new WarmUpCommits(service.store()), LONG, signal))
        .isInstanceOf(StoppedException.class);
  }

  @Test
  void call_noTime_startsNothing() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    WarmUp.call(
        () -> {
          starts.incrementAndGet();
          return service.inMemory();
        },
        new WarmUpCommits(service.store()),
        Duration.ZERO,
        signal);

    assertThat(starts).hasValue(0);
  }

  @Test
  void call_cannotStart_goesOn() {
    WarmUp.Own broken =
        () -> {
          throw new IOException("no threads left");
        };
    assertThatCode(() ->
            WarmUp.call(broken, new WarmUpCommits(service.store()), Duration.ofSeconds(1), signal))
        .doesNotThrowAnyException();
  }

  @Test
  void make_wholeService_answersEachCallAsMeant() throws IOException {
    List<Ended> ended = make();

    assertThat(ended).hasSize(CALLS_A_ROUND * ROUNDS);
    assertThat(Set.copyOf(ended))
        .containsExactlyInAnyOrder(
            new Ended("GetUser", Status.Code.NOT_FOUND),
            new Ended("BatchGetUsers", Status.Code.OK),
            new Ended("GetMembership", Status.Code.NOT_FOUND),
            new Ended("CheckAccess", Status.Code.OK),
            new Ended("ListOrganizationMembers", Status.Code.NOT_FOUND),
            new Ended("UpdateUser", Status.Code.NOT_FOUND));
  }

  @Test
  void make_callsAndCommits_leaveNothingInTheTable() throws IOException {
    String username = service.newUser();
    Set<String> before = partitions();
    make();
    new WarmUpCommits(service.store()).make(ROUNDS, CallScope.of(LONG)).join();

    assertThat(before).contains("USER#" + username).containsAll(partitions());
  }

  /** Without those of the fleet, which are not about users, organizations or requests. */
  private static Set<String> partitions() {
    return TableContents.items(backends).stream()
        .map(item -> requireNonNull(item.get("PK")).s())
        .filter(partition -> !partition.startsWith("FLEET#") && !partition.startsWith("STREAM#"))
        .collect(Collectors.toSet());
  }

  @Test
  void make_commits_areRefusedByTheStore() {
    RecordingAccountStore recording = new RecordingAccountStore(service.store());
    new WarmUpCommits(recording).make(ROUNDS, CallScope.of(LONG)).join();

    assertThat(recording.commits)
        .hasSize(ROUNDS)
        .allSatisfy(commit ->
            assertThat(service.store().commit(commit, CallScope.of(LONG)).join())
                .isInstanceOf(CommitResult.Conflict.class));
  }

  @Test
  void make_wholeService_countsNoCallOfCallers() throws IOException {
    make();

    assertThat(service.callsOf("UpdateUser")).isZero();
    service.newUser();
    assertThat(service.callsOf("CreateUser")).isPositive();
  }

  @Test
  void call_takesTooLong_endsAllTheSame() throws Exception {
    long began = System.nanoTime();
    WarmUp.call(
        service::inMemory, new WarmUpCommits(service.store()), Duration.ofMillis(50), signal);

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void make_everyCallFails_endsAllTheSame() {
    ManagedChannel gone = TestService.channelTo(service.port());
    gone.shutdownNow();

    assertThat(RecordedWarmUp.make(gone, ROUNDS))
        .extracting(Ended::code)
        .containsOnly(Status.Code.UNAVAILABLE);
  }

  private static List<Ended> make() throws IOException {
    try (InMemoryServer own = service.inMemory()) {
      return RecordedWarmUp.make(own, ROUNDS);
    }
  }

  private EntityReader reader() {
    return (keys, options, scope) -> {
      reads.incrementAndGet();
      return CompletableFuture.completedFuture(new ReadResults(Map.of()));
    };
  }
}
