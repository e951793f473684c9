package accounts.server;

import static accounts.store.FleetStates.SETTINGS;
import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CapturedLog;
import accounts.freshness.FleetGuard;
import accounts.freshness.Minter;
import accounts.server.StopSignal.StoppedException;
import accounts.server.config.ConfigurationException;
import accounts.store.InMemoryFleetStateStore;
import accounts.store.dynamodb.TableCheck.Table;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StartChecksTest {

  private static final String ADDRESS = "http://store.test:8000";
  private static final Duration STORE = Duration.ofMillis(500);
  private static final Table GOOD = new Table("table-1", List.of());

  private final InMemoryFleetStateStore store = new InMemoryFleetStateStore();
  private final FleetGuard guard =
      new FleetGuard(
          store,
          new Minter(new CompletableFuture<>(), SETTINGS, new Random()),
          Duration.ofSeconds(20));
  private final StopSignal signal = new StopSignal();
  private final StartChecks checks =
      new StartChecks(
          ADDRESS,
          new StartChecks.Limits(
              STORE, Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofMillis(50)),
          signal);
  @AutoClose private final CapturedLog log = CapturedLog.of(StartChecks.class);

  private static CompletableFuture<Table> failing() {
    return CompletableFuture.failedFuture(new IllegalStateException("connection refused"));
  }

  @Test
  void tableId_described_isReturned() throws Exception {
    assertThat(checks.tableId(() -> CompletableFuture.completedFuture(GOOD), guard))
        .contains("table-1");
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void tableId_noStore_isOneLineAtOnceAndAnEndWithTheAddress() {
    store.away = true;
    long began = System.nanoTime();

    assertThatThrownBy(() -> checks.tableId(StartChecksTest::failing, guard))
        .isInstanceOf(StartException.class)
        .hasMessage("store: http://store.test:8000: connection refused");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(STORE);
    assertThat(log.lines())
        .containsExactly(
            "WARN DynamoDB does not answer at http://store.test:8000, trying for 0 s: connection"
                + " refused");
  }

  // Once, each attempt of 5 s was let end, and the next began just before the limit.
  @Test
  void tableId_storeHangs_endsAtTheLimit() {
    store.gate = new CompletableFuture<>();

    assertThatThrownBy(() -> checks.tableId(CompletableFuture::new, guard))
        .isInstanceOf(StartException.class)
        .hasMessage("store: http://store.test:8000: no answer");
    assertThat(log.lines()).hasSize(1).first().asString().endsWith(": no answer");
  }

  @Test
  void tableId_notDescribedButReadByAFleet_isEmpty() throws Exception {
    store.put(state("first", 10));

    assertThat(checks.tableId(StartChecksTest::failing, guard)).isEmpty();
    assertThat(log.lines())
        .last()
        .isEqualTo(
            "WARN table not described, the cache is not used until it is: connection refused");
  }

  // Somebody has to mint its first state, and needs the id for that.
  @Test
  void tableId_notDescribedAndNoFleet_isAnEnd() {
    assertThatThrownBy(() -> checks.tableId(StartChecksTest::failing, guard))
        .isInstanceOf(StartException.class);
  }

  @Test
  void tableId_tableWrong_namesItsFaults() {
    assertThatThrownBy(() ->
            checks.tableId(
                () -> CompletableFuture.completedFuture(new Table("", List.of("not there"))),
                guard))
        .isInstanceOfSatisfying(
            ConfigurationException.class, e -> assertThat(e.faults()).containsExactly("not there"));
  }

  // Once, the SDK took an interruption for a failure of the call, and the start went on.
  @Test
  void tableId_signalDuringACallThatFails_isTheEnd() {
    assertThatThrownBy(() ->
            checks.tableId(
                () -> {
                  signal.give();
                  return failing();
                },
                guard))
        .isInstanceOf(StoppedException.class);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void settings_signalWhileTheStoreHangs_isTheEnd() {
    store.gate = new CompletableFuture<>();
    signal.give();

    assertThatThrownBy(() -> checks.settings(guard)).isInstanceOf(StoppedException.class);
  }
}
