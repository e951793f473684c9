package accounts.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import accounts.server.config.Configuration.HostAndPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationTest {

  private static final Map<String, String> LEAST =
      Map.of("AWS_REGION", "eu-west-1", "MOMENTO_LOCAL_ENDPOINT", "127.0.0.1:8080");

  @Test
  void read_least_isTheDefaults() throws ConfigurationException {
    Configuration configuration = read(LEAST);

    assertThat(configuration.grpc())
        .isEqualTo(
            new Configuration.Grpc(
                "127.0.0.1",
                50051,
                Optional.empty(),
                Optional.empty(),
                true,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(100),
                Duration.ZERO,
                Duration.ofSeconds(15)));
    assertThat(configuration.admin())
        .isEqualTo(new Configuration.Admin(true, "127.0.0.1", 9090, 0));
    assertThat(configuration.store())
        .isEqualTo(
            new Configuration.Store(
                "accounts",
                Duration.ofSeconds(2),
                96,
                48,
                32,
                768,
                Duration.ofDays(400),
                Duration.ofDays(30)));
    assertThat(configuration.freshness())
        .isEqualTo(
            new Configuration.Freshness(
                Duration.ofSeconds(1), Duration.ofSeconds(1), 32L << 20, true, 1));
    assertThat(configuration.cache())
        .isEqualTo(
            new Configuration.Cache(
                "accounts",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new HostAndPort("127.0.0.1", 8080)),
                Duration.ofMillis(500),
                Duration.ofMinutes(30)));
  }

  @Test
  void read_emptyAndBlankValues_countAsNotSet() throws ConfigurationException {
    Configuration configuration = read(with(Map.of("ACCOUNTS_TABLE", "", "ACCOUNTS_CACHE", " ")));

    assertThat(configuration.store().table()).isEqualTo("accounts");
    assertThat(configuration.cache().name()).isEqualTo("accounts");
  }

  @Test
  void read_severalFaults_namesEachWithValueAndExpectation() {
    Map<String, String> variables =
        Map.of(
            "ACCOUNTS_GRPC_PORT", "65536",
            "ACCOUNTS_TABLE", "a b",
            "ACCOUNTS_CACHE_TTL", "soon");

    assertThat(faults(variables, false))
        .containsExactlyInAnyOrder(
            "ACCOUNTS_GRPC_PORT: \"65536\" (expected: a port, 0-65535; 0 is any free one)",
            "ACCOUNTS_TABLE: \"a b\" (expected: a table name: 3-255 letters, digits, '_', '.' or"
                + " '-')",
            "ACCOUNTS_CACHE_TTL: \"soon\" (expected: a duration from 1s to 24h, like 30m)",
            "AWS_REGION: not set (expected: a region like eu-west-1, here or elsewhere in AWS's own"
                + " chain)",
            "MOMENTO_API_KEY: not set (expected: a Momento API key; or MOMENTO_API_KEY_FILE or"
                + " MOMENTO_LOCAL_ENDPOINT, one of the three)");
  }

  @ParameterizedTest
  @CsvSource({
    "ACCOUNTS_GRPC_HOST, a b",
    "ACCOUNTS_GRPC_PORT, -1",
    "ACCOUNTS_GRPC_PORT, 65536",
    "ACCOUNTS_GRPC_PORT, 99999999999",
    "ACCOUNTS_GRPC_PORT, 0x10",
    "ACCOUNTS_GRPC_PLAINTEXT, yes",
    "ACCOUNTS_TLS_CERTIFICATE, /no/such/file",
    "ACCOUNTS_TLS_KEY, /no/such/file",
    "ACCOUNTS_TLS_CLIENT_CA, /no/such/file",
    "ACCOUNTS_TLS_CLIENT_CERTIFICATE, always",
    "ACCOUNTS_IDENTITY, /no/such/file",
    "ACCOUNTS_ANONYMOUS, yes",
    "ACCOUNTS_REFLECTION, on",
    "ACCOUNTS_ADMIN, off",
    "ACCOUNTS_CALL_TIMEOUT, 99ms",
    "ACCOUNTS_CALL_TIMEOUT, 301s",
    "ACCOUNTS_WARM_UP, 61s",
    "ACCOUNTS_CONNECTION_AGE, 9s",
    "ACCOUNTS_DRAIN, 6m",
    "ACCOUNTS_STOP_GRACE, 6m",
    "ACCOUNTS_TABLE, ab",
    "ACCOUNTS_STORE_TIMEOUT, 61s",
    "ACCOUNTS_STORE_CONNECTIONS, 0",
    "ACCOUNTS_STORE_CONNECTIONS, 1001",
    "ACCOUNTS_STORE_READS, 0",
    "ACCOUNTS_STORE_READS, 1001",
    "ACCOUNTS_STORE_WRITES, 0",
    "ACCOUNTS_STORE_WRITES, 1001",
    "ACCOUNTS_STORE_QUEUE, -1",
    "ACCOUNTS_STORE_QUEUE, 100001",
    "ACCOUNTS_EPOCH_LEASE, 99ms",
    "ACCOUNTS_EPOCH_LEASE, 11s",
    "ACCOUNTS_EPOCH_COPIES, 0",
    "ACCOUNTS_EPOCH_COPIES, 65",
    "ACCOUNTS_BOUNDED_AGE, 61s",
    "ACCOUNTS_NEAR_MEBIBYTES, -1",
    "ACCOUNTS_NEAR_MEBIBYTES, 65537",
    "AWS_ENDPOINT_URL_DYNAMODB, 127.0.0.1:8000",
    "AWS_ENDPOINT_URL_DYNAMODB, ftp://127.0.0.1",
    "AWS_ENDPOINT_URL_DYNAMODB, http://",
    "MOMENTO_LOCAL_ENDPOINT, 127.0.0.1",
    "MOMENTO_LOCAL_ENDPOINT, 127.0.0.1:0",
    "MOMENTO_LOCAL_ENDPOINT, 127.0.0.1:65536",
    "MOMENTO_LOCAL_ENDPOINT, http://127.0.0.1:8080",
    "ACCOUNTS_CACHE, a/b",
    "ACCOUNTS_CACHE_TIMEOUT, 0ms",
    "ACCOUNTS_CACHE_TTL, 25h",
    "ACCOUNTS_LOG_FORMAT, xml",
    "ACCOUNTS_LOG_LEVEL, LOUD"
  })
  void read_malformedValue_isTheOneFault(String name, String value) {
    assertThat(faults(with(Map.of(name, value)), true))
        .singleElement()
        .asString()
        .startsWith(name + ": \"" + value + "\" (expected: ");
  }

  @ParameterizedTest
  @CsvSource({"100ms,100", "1s,1000", "5m,300000", "0300s,300000"})
  void read_duration_isRead(String value, long millis) throws ConfigurationException {
    assertThat(read(with(Map.of("ACCOUNTS_CALL_TIMEOUT", value))).grpc().longestCall())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "1.5s", "-1s", "10 s", "10S", "1m30s", "s", "PT10S", "٣s"})
  void read_noDuration_isRefused(String value) {
    assertThat(faults(with(Map.of("ACCOUNTS_CALL_TIMEOUT", value)), true))
        .containsExactly(
            "ACCOUNTS_CALL_TIMEOUT: \"%s\" (expected: a duration from 100ms to 5m, like 10s)"
                .formatted(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "localhost", "::1", "[::1]"})
  void read_loopback_needsNoLeaveForPlaintext(String host) throws ConfigurationException {
    assertThat(read(with(Map.of("ACCOUNTS_GRPC_HOST", host))).grpc().host()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "accounts.example", "127.example.com"})
  void read_plaintextAndAnonymousBeyondLoopback_needLeave(String host)
      throws ConfigurationException {
    assertThat(faults(with(Map.of("ACCOUNTS_GRPC_HOST", host)), true))
        .satisfiesExactly(
            plaintext ->
                assertThat(plaintext).startsWith("ACCOUNTS_GRPC_PLAINTEXT: \"false\" (expected: "),
            anonymous ->
                assertThat(anonymous).startsWith("ACCOUNTS_ANONYMOUS: \"false\" (expected: "));
    assertThat(
            read(with(
                    Map.of(
                        "ACCOUNTS_GRPC_HOST",
                        host,
                        "ACCOUNTS_GRPC_PLAINTEXT",
                        "true",
                        "ACCOUNTS_ANONYMOUS",
                        "true")))
                .grpc()
                .host())
        .isEqualTo(host);
  }

  /** No variable turns off what keeps answers true, or exists only for the proof. */
  @Test
  void variables_all_areForProduction() {
    assertThat(DeclaredVariables.all())
        .extracting(Variable::name)
        .noneMatch(name -> name.matches(".*(SAFEGUARD|UNSAFE|MUTANT|_FORMAT_|CACHE_FORMAT).*"));
  }

  @Test
  void read_adminOff_isOff() throws ConfigurationException {
    assertThat(read(with(Map.of("ACCOUNTS_ADMIN", "false"))).admin().on()).isFalse();
  }

  @Test
  void read_mostOfEach_isRead() throws ConfigurationException {
    Configuration configuration =
        read(
            with(
                Map.of(
                    "ACCOUNTS_STORE_QUEUE", "100000",
                    "ACCOUNTS_EPOCH_COPIES", "64",
                    "ACCOUNTS_EPOCH_LEASE", "10s")));

    assertThat(configuration.store().queue()).isEqualTo(100_000);
    assertThat(configuration.freshness().copies()).isEqualTo(64);
    assertThat(configuration.freshness().lease()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void read_apiKey_isNeverShown() throws ConfigurationException {
    Configuration configuration =
        read(Map.of("AWS_REGION", "eu-west-1", "MOMENTO_API_KEY", "topsecret"));

    assertThat(configuration.cache().apiKey()).contains("topsecret");
    assertThat(configuration.effective()).containsEntry("MOMENTO_API_KEY", "***");
    assertThat(configuration.toString()).doesNotContain("topsecret");
  }

  @Test
  void read_keyFile_isThePathAndNotTheKey(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "topsecret\n");
    Configuration configuration =
        read(Map.of("AWS_REGION", "eu-west-1", "MOMENTO_API_KEY_FILE", file.toString()));

    assertThat(configuration.cache().apiKeyFile()).contains(new KeyFile(file));
    assertThat(configuration.cache().apiKey()).isEmpty();
    assertThat(configuration.effective()).containsEntry("MOMENTO_API_KEY_FILE", file.toString());
    assertThat(configuration.toString()).doesNotContain("topsecret");
  }

  @ParameterizedTest
  @CsvSource({"'', empty", "top secret, not one word of ASCII characters"})
  void read_keyFileWithoutAKey_isOneOfTheFaults(String content, String fault, @TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("key"), content);
    Map<String, String> variables =
        Map.of("MOMENTO_API_KEY_FILE", file.toString(), "ACCOUNTS_TABLE", "a");

    assertThat(faults(variables, true))
        .containsExactlyInAnyOrder(
            "MOMENTO_API_KEY_FILE: %s: %s (expected: a readable file that holds a Momento API key)"
                .formatted(file, fault),
            "ACCOUNTS_TABLE: \"a\" (expected: a table name: 3-255 letters, digits, '_', '.' or '-')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MOMENTO_API_KEY, MOMENTO_LOCAL_ENDPOINT",
        "MOMENTO_API_KEY_FILE, MOMENTO_LOCAL_ENDPOINT",
        "MOMENTO_API_KEY, MOMENTO_API_KEY_FILE",
        "MOMENTO_API_KEY, MOMENTO_API_KEY_FILE, MOMENTO_LOCAL_ENDPOINT"
      })
  void read_severalWaysToMomento_isAFaultThatDoesNotShowTheKey(String ways, @TempDir Path folder)
      throws Exception {
    Map<String, String> all =
        Map.of(
            "MOMENTO_API_KEY", "topsecret",
            "MOMENTO_API_KEY_FILE",
                Files.writeString(folder.resolve("key"), "topsecret").toString(),
            "MOMENTO_LOCAL_ENDPOINT", "127.0.0.1:8080");
    Map<String, String> variables = new HashMap<>(all);
    variables.keySet().retainAll(List.of(ways.split(", ")));

    assertThat(faults(variables, true))
        .containsExactly(
            "MOMENTO_API_KEY: set: %s (expected: a Momento API key; or MOMENTO_API_KEY_FILE or MOMENTO_LOCAL_ENDPOINT, one of the three)"
                .formatted(ways));
  }

  @Test
  void read_regionInEnvironment_asksNobodyElse() throws ConfigurationException {
    AtomicBoolean asked = new AtomicBoolean();
    ConfigurationReader.read(LEAST, () -> asked.getAndSet(true));

    assertThat(asked).isFalse();
  }

  @Test
  void read_regionKnownElsewhere_isNoFault() throws ConfigurationException {
    Map<String, String> variables = Map.of("MOMENTO_LOCAL_ENDPOINT", "127.0.0.1:8080");

    assertThat(ConfigurationReader.read(variables, () -> true).effective())
        .containsEntry("AWS_REGION", "");
  }

  @Test
  void effective_anything_hasEveryVariable() throws ConfigurationException {
    assertThat(read(with(Map.of("ACCOUNTS_LOG_LEVEL", "DEBUG"))).effective())
        .containsEntry("ACCOUNTS_LOG_LEVEL", "DEBUG")
        .containsOnlyKeys(DeclaredVariables.all().stream().map(Variable::name).toList());
  }

  @Test
  void read_onePortForBoth_isAFault() {
    assertThat(
            faults(with(Map.of("ACCOUNTS_GRPC_PORT", "9000", "ACCOUNTS_ADMIN_PORT", "9000")), true))
        .containsExactly(
            "ACCOUNTS_ADMIN_PORT: 9000 (expected: another port than ACCOUNTS_GRPC_PORT)");
  }

  @Test
  void changed_aDefaultAndAnother_hasTheOther() throws ConfigurationException {
    assertThat(
            read(with(Map.of("ACCOUNTS_LOG_LEVEL", "DEBUG", "ACCOUNTS_TABLE", "accounts")))
                .changed())
        .containsEntry("ACCOUNTS_LOG_LEVEL", "DEBUG")
        .doesNotContainKeys("ACCOUNTS_TABLE", "ACCOUNTS_CACHE_TTL");
  }

  private static Configuration read(Map<String, String> variables) throws ConfigurationException {
    return ConfigurationReader.read(variables, () -> false);
  }

  private static List<String> faults(Map<String, String> variables, boolean regionKnown) {
    return catchThrowableOfType(
            ConfigurationException.class,
            () -> ConfigurationReader.read(variables, () -> regionKnown))
        .faults();
  }

  private static Map<String, String> with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(LEAST);
    all.putAll(variables);
    return all;
  }
}
