package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that shares a table with others, and goes by other settings than they do. */
final class SettingsGuardTest {

  @AutoClose private static final TestBackends backends = new TestBackends();

  @BeforeAll
  static void haveAFleet() {
    backends.start().close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ACCOUNTS_EPOCH_LEASE; 700ms; epoch lease (ACCOUNTS_EPOCH_LEASE): 700ms (expected: 500ms,",
        "ACCOUNTS_CACHE; another; cache (ACCOUNTS_CACHE): another@local (expected: accounts@local,",
        "ACCOUNTS_EPOCH_COPIES; 3; copies of the epochs (ACCOUNTS_EPOCH_COPIES): 3 (expected: 1,"
      })
  void start_anotherSettingThanTheFleets_isNamedAndExitsWith78(
      String variable, String value, String line) {
    try (ServerProcess process =
        ServerProcess.start(backends.environment(Map.of(variable, value)))) {
      assertThat(process.awaitExit()).isEqualTo(78);
      List<String> said =
          process.output().stream().filter(l -> l.startsWith("accounts: ")).toList();
      assertThat(said).hasSize(2);
      assertThat(said.getFirst()).startsWith("accounts: " + line);
      assertThat(said.getLast()).contains("stop all instances", "FLEET#0");
    }
  }

  @Test
  void start_theFleetsSettings_isReady() {
    try (ServerProcess process = ServerProcess.start(backends.environment())) {
      assertThat(process.awaitReady()).isPositive();
    }
  }
}
