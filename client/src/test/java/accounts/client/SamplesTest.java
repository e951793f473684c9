package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.real.RealServer;
import accounts.local.identity.Identities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the samples in Java and in Node.js against a real service with TLS and identities. Node and
 * npm must be installed, and npm reach its registry.
 */
final class SamplesTest {

  private static final Path SAMPLES = Path.of("samples");
  private static final Path INSTALLED = Path.of("target", "samples");

  @TempDir private static Path folder;

  private static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    assertThat(
            run(
                180,
                SAMPLES.resolve("install").toString(),
                INSTALLED.toString(),
                SAMPLES.resolve("node/membership.mjs").toString()))
        .isEmpty();
    Identities.write(folder);
    server =
        RealServer.start(
            Map.of(
                "ACCOUNTS_TLS_CERTIFICATE", file("server.pem"),
                "ACCOUNTS_TLS_KEY", file("server.key"),
                "ACCOUNTS_TLS_CLIENT_CA", file("ca.pem"),
                "ACCOUNTS_IDENTITY", file("identity.yaml")));
    try (AccountsClient client =
        AccountsClient.builder(server.address())
            .trust(folder.resolve("ca.pem"))
            .tokenFile(folder.resolve("olivia.token"))
            .build()) {
      Deadline deadline = Deadline.after(Duration.ofSeconds(20));
      client.blocking().createUser("olivia", "Olivia", "Park", deadline);
      client.blocking().createOrganization("Olivia's Org", "olivia", deadline);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void java_member_printsItsRole() throws Exception {
    assertThat(java("olivias-org", "olivia")).isEqualTo("OWNER\n");
  }

  @Test
  void java_nobody_printsNone() throws Exception {
    assertThat(java("olivias-org", "nobody")).isEqualTo("NONE\n");
  }

  @Test
  void node_member_printsItsRole() throws Exception {
    assertThat(node("olivias-org", "olivia")).isEqualTo("ROLE_OWNER\n");
  }

  @Test
  void node_nobody_printsCodeAndMessage() throws Exception {
    assertThat(node("olivias-org", "nobody")).startsWith("NOT_FOUND: ");
  }

  @Test
  void packageLock_asCommitted_namesNoRegistry() {
    assertThat(SAMPLES.resolve("package-lock.json"))
        .content()
        .doesNotContain("\"resolved\"", "registry");
  }

  private static String java(String organization, String username) throws Exception {
    // Beside its module-info.java the JVM would take it for a module; here it is a file.
    Path copy = Files.createTempDirectory(folder, "java").resolve("sample");
    Path sample = Files.createDirectory(copy).resolve("Membership.java");
    Files.copy(SAMPLES.resolve("java/src/main/java/sample/Membership.java"), sample);
    return run(
        60,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        sample.toString(),
        server.address(),
        file("ca.pem"),
        file("olivia.token"),
        organization,
        username);
  }

  private static String node(String organization, String username) throws Exception {
    return run(
        60,
        "node",
        INSTALLED.resolve("membership.mjs").toString(),
        // Names of servers are names, not addresses, for TLS in Node.js.
        "dns:///" + server.address().replace("127.0.0.1", "localhost"),
        file("ca.pem"),
        file("olivia.token"),
        organization,
        username);
  }

  /** Runs a command and returns what it printed. */
  private static String run(int seconds, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("ACCOUNTS_PROTO", Path.of("..", "proto").toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
          .as("%s ended within %s s", List.of(command), seconds)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
