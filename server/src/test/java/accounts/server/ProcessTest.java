package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.local.identity.Identities;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** The server as a process: how it starts, refuses to, and stops. */
final class ProcessTest {

  @AutoClose private static final TestBackends backends = new TestBackends();

  /** The output and exit codes of the process. */
  private static List<String> said(ServerProcess process) {
    return process.output().stream().filter(line -> line.startsWith("accounts: ")).toList();
  }

  private static void assertNoStackTrace(ServerProcess process) {
    assertThat(process.output())
        .noneMatch(line -> line.matches("\\s+at .*|Caused by.*|Exception in.*"));
  }

  @Test
  void start_severalBadVariables_namesEachAndExitsWith78() {
    Map<String, String> environment =
        Map.of(
            "ACCOUNTS_GRPC_HOST", "0.0.0.0",
            "ACCOUNTS_GRPC_PORT", "65536",
            "ACCOUNTS_CALL_TIMEOUT", "10",
            "ACCOUNTS_TABLE", "a",
            "AWS_ENDPOINT_URL_DYNAMODB", "127.0.0.1:8000",
            "ACCOUNTS_LOG_FORMAT", "xml");
    try (ServerProcess process = ServerProcess.start(environment)) {
      assertThat(process.awaitExit()).isEqualTo(78);
      assertThat(said(process))
          .extracting(line -> line.split(":", 3)[1].strip())
          .containsExactlyInAnyOrder(
              "ACCOUNTS_GRPC_PLAINTEXT",
              "ACCOUNTS_ANONYMOUS",
              "ACCOUNTS_GRPC_PORT",
              "ACCOUNTS_CALL_TIMEOUT",
              "ACCOUNTS_TABLE",
              "AWS_ENDPOINT_URL_DYNAMODB",
              "AWS_REGION",
              "MOMENTO_API_KEY",
              "ACCOUNTS_LOG_FORMAT");
      assertThat(said(process))
          .contains(
              "accounts: ACCOUNTS_GRPC_PORT: \"65536\" (expected: a port, 0-65535; 0 is any"
                  + " free one)");
      assertNoStackTrace(process);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MOMENTO_API_KEY, not-a-key",
    "MOMENTO_API_KEY, abc",
    "MOMENTO_LOCAL_ENDPOINT, 127.0.0.1:0",
    "AWS_ENDPOINT_URL_DYNAMODB, http://127.0.0.1:99999",
    "AWS_REGION, no such region",
  })
  void start_valueThatOnlyItsUserFindsBad_isNamedAndExitsWith78(String name, String value) {
    Map<String, String> environment = backends.environment(Map.of(name, value));
    if (name.equals("MOMENTO_API_KEY")) {
      environment.remove("MOMENTO_LOCAL_ENDPOINT");
    }
    try (ServerProcess process = ServerProcess.start(environment)) {
      assertThat(process.awaitExit()).isEqualTo(78);
      assertThat(said(process)).hasSize(1).allMatch(line -> line.contains(name));
      assertNoStackTrace(process);
    }
  }

  @Test
  void start_keyFileWithoutAKeyOfMomentos_isNamedAndExitsWith78(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "topsecret");
    Map<String, String> environment =
        backends.environment(Map.of("MOMENTO_API_KEY_FILE", file.toString()));
    environment.remove("MOMENTO_LOCAL_ENDPOINT");
    try (ServerProcess process = ServerProcess.start(environment)) {
      assertThat(process.awaitExit()).isEqualTo(78);
      assertThat(said(process))
          .containsExactly(
              "accounts: MOMENTO_API_KEY_FILE: *** (expected: a key as Momento's console hands it"
                  + " out)");
      assertThat(process.output()).noneMatch(line -> line.contains("topsecret"));
    }
  }

  @Test
  void start_hostThatIsNotThere_isOneLineAndExitsWith69() {
    Map<String, String> environment =
        backends.environment(
            Map.of(
                "ACCOUNTS_GRPC_HOST", "no-such-host.invalid",
                "ACCOUNTS_GRPC_PLAINTEXT", "true",
                "ACCOUNTS_ANONYMOUS", "true"));
    try (ServerProcess process = ServerProcess.start(environment)) {
      assertThat(process.awaitExit()).isEqualTo(69);
      assertThat(said(process)).hasSize(1).allMatch(line -> line.contains("no-such-host"));
      assertNoStackTrace(process);
    }
  }

  @Test
  void start_portTaken_isOneLineAndExitsWith69() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      try (ServerProcess process =
          ServerProcess.start(backends.environment(Map.of("ACCOUNTS_GRPC_PORT", port)))) {
        assertThat(process.awaitExit()).isEqualTo(69);
        assertThat(said(process)).hasSize(1).allMatch(line -> line.contains("127.0.0.1:" + port));
        assertNoStackTrace(process);
      }
    }
  }

  @Test
  void start_tableMissing_saysSoAndExitsWith78() {
    try (ServerProcess process =
        ServerProcess.start(backends.environment(Map.of("ACCOUNTS_TABLE", "no-such-table")))) {
      assertThat(process.awaitExit()).isEqualTo(78);
      assertThat(said(process))
          .containsExactly(
              "accounts: table no-such-table (ACCOUNTS_TABLE): not there (expected: a table as in"
                  + " docs/operations.md)");
      assertNoStackTrace(process);
    }
  }

  @Test
  void start_tableOfAnotherSchema_saysWhatIsWrongAndExitsWith78() {
    String table = "other-" + UUID.randomUUID();
    var unused =
        backends
            .client()
            .createTable(create ->
                create
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("PK")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("PK")
                            .attributeType("N")
                            .build()))
            .join();
    try (ServerProcess process =
        ServerProcess.start(backends.environment(Map.of("ACCOUNTS_TABLE", table)))) {
      assertThat(process.awaitExit()).isEqualTo(78);
      assertThat(said(process))
          .hasSize(2)
          .anyMatch(line -> line.contains("key schema"))
          .anyMatch(line -> line.contains("type of PK is N (expected: S)"));
      assertNoStackTrace(process);
    }
  }

  @Test
  void start_noCredentials_isOneLineThatSaysWhatIsMissing() {
    Map<String, String> environment = backends.environment();
    environment.keySet().removeIf(name -> name.matches("AWS_.*KEY.*"));
    try (ServerProcess process = ServerProcess.start(environment)) {
      List<String> said =
          Eventually.get(
              () ->
                  process.output().stream()
                      .filter(line -> line.contains("does not answer"))
                      .toList(),
              lines -> !lines.isEmpty());

      assertThat(said)
          .singleElement()
          .asString()
          .contains(backends.dynamoDb().endpoint().toString(), ": no AWS credentials (expected:")
          .hasSizeLessThan(350);
    }
  }

  @Test
  void sigterm_running_stopsInGoodOrder() {
    try (ServerProcess process = ServerProcess.start(backends.environment())) {
      ManagedChannel channel = TestService.channelTo(process.awaitReady());
      try {
        assertThat(
                HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
        long began = System.nanoTime();
        process.terminate();

        assertThat(process.awaitExit()).isZero();
        assertThat(System.nanoTime() - began).isLessThan(15_000_000_000L);
      } finally {
        channel.shutdownNow();
      }
      assertThat(process.output()).filteredOn(line -> line.contains("ready: ")).hasSize(1);
      assertThat(process.output()).anyMatch(line -> line.endsWith("stopped"));
      assertNoStackTrace(process);
    }
  }

  // Others would wait for its shards until its ownership lapses.
  @Test
  void sigterm_starting_handsTheStreamOver() {
    try (TestBackends own = new TestBackends();
        ServerProcess process =
            ServerProcess.start(
                own.environment(Map.of("ACCOUNTS_WARM_UP", "1m", "ACCOUNTS_REPAIR", "true")))) {
      process.awaitLine("read here");
      process.terminate();

      assertThat(process.awaitExit()).isZero();
      assertThat(process.output())
          .anyMatch(line -> line.endsWith("stopping before the server was ready"))
          .anyMatch(line -> line.endsWith("given up"))
          .noneMatch(line -> line.contains("ready: "));
      assertNoStackTrace(process);
    }
  }

  @Test
  void start_open_saysWhatToTry() {
    assertThat(tries(backends.environment())).hasSize(3);
  }

  // In a pod, where 0.0.0.0 is no address to call.
  @Test
  void start_openToOtherMachines_saysNothingOfThat() {
    assertThat(
            tries(
                backends.environment(
                    Map.of(
                        "ACCOUNTS_GRPC_HOST", "0.0.0.0",
                        "ACCOUNTS_GRPC_PLAINTEXT", "true",
                        "ACCOUNTS_ANONYMOUS", "true"))))
        .isEmpty();
  }

  @Test
  void start_misspeltName_isNamed() {
    try (ServerProcess process =
        ServerProcess.start(backends.environment(Map.of("ACCOUNTS_EPOCH_LAESE", "1s")))) {
      assertThat(process.awaitReady()).isPositive();
      assertThat(process.output())
          .anyMatch(line ->
              line.contains("WARN")
                  && line.endsWith(
                      "ACCOUNTS_EPOCH_LAESE: no such setting, ignored (nearest:"
                          + " ACCOUNTS_EPOCH_LEASE)"));
    }
  }

  // They would be refused: they are in plaintext, and say nothing of who calls.
  @Test
  void start_secured_saysNothingOfThat(@TempDir Path folder) throws Exception {
    Identities.write(folder);

    assertThat(tries(backends.environment(Map.of("ACCOUNTS_IDENTITY", folder + "/identity.yaml"))))
        .isEmpty();
    assertThat(
            tries(
                backends.environment(
                    Map.of(
                        "ACCOUNTS_TLS_CERTIFICATE", folder + "/server.pem",
                        "ACCOUNTS_TLS_KEY", folder + "/server.key"))))
        .isEmpty();
  }

  private static List<String> tries(Map<String, String> environment) {
    try (ServerProcess process = ServerProcess.start(environment)) {
      assertThat(process.awaitReady()).isPositive();
      process.terminate();
      process.awaitExit();
      return process.output().stream().filter(line -> line.contains("try: grpcurl ")).toList();
    }
  }

  @Test
  void start_jsonLog_writesNothingElse() {
    try (ServerProcess process =
        ServerProcess.start(backends.environment(Map.of("ACCOUNTS_LOG_FORMAT", "json")))) {
      assertThat(process.awaitReady()).isPositive();
      process.terminate();
      process.awaitExit();

      assertThat(process.output()).isNotEmpty().allMatch(line -> line.matches("\\{.*\\}"));
    }
  }

  @Test
  void start_anyConfiguration_keepsSecretsOutOfTheLog() {
    try (ServerProcess process =
        ServerProcess.start(
            backends.environment(Map.of("AWS_SECRET_ACCESS_KEY", "very-secret-indeed")))) {
      assertThat(process.awaitReady()).isPositive();
      process.terminate();
      process.awaitExit();

      assertThat(process.output()).noneMatch(line -> line.contains("very-secret"));
    }
  }
}
