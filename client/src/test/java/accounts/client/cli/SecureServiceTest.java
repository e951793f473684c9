package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.real.RealServer;
import accounts.local.identity.Calls;
import accounts.local.identity.Identities;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command against a real service with TLS and identities. */
final class SecureServiceTest {

  private static final String COMMAND = "client/bin/accounts ";

  @TempDir private static Path folder;

  private static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    Identities.write(folder);
    server =
        RealServer.start(
            Map.of(
                "ACCOUNTS_TLS_CERTIFICATE", file("server.pem"),
                "ACCOUNTS_TLS_KEY", file("server.key"),
                "ACCOUNTS_TLS_CLIENT_CA", file("ca.pem"),
                "ACCOUNTS_IDENTITY", file("identity.yaml")));
    assertThat(
            run("user", "create", "olivia", "Olivia", "Park", "--token-file", file("olivia.token"))
                .exitCode())
        .isZero();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static Run run(String... args) {
    return command(Stream.concat(Stream.of(args), Stream.of("--ca", file("ca.pem"))));
  }

  private static Run command(Stream<String> args) {
    return Run.of(
        Stream.concat(args, Stream.of("--address", server.address(), "--timeout", "20s"))
            .toArray(String[]::new));
  }

  @Test
  void userGet_withoutToken_saysWhatIsMissing() {
    Run run = run("user", "get", "olivia");

    assertThat(run.exitCode()).isEqualTo(80);
    assertThat(run.err()).contains("neither a bearer token nor a client certificate");
  }

  @Test
  void userCreate_personForAnother_saysWhoMay() {
    Run run = run("user", "create", "victor", "V", "X", "--token-file", file("olivia.token"));

    assertThat(run.exitCode()).isEqualTo(71);
    assertThat(run.err()).contains("may not act as user victor");
  }

  @Test
  void userCreate_serviceThatMayActAsAnyone_isDone() {
    assertThat(
            run("user", "create", "marc", "Marc", "Lee", "--token-file", file("service.token"))
                .exitCode())
        .isZero();
  }

  @Test
  void userGet_certificateOfAReader_mayReadAndNoMore() {
    String[] own = {"--certificate", file("client.pem"), "--key", file("client.key")};

    assertThat(
            run(Stream.concat(Stream.of("user", "get", "olivia"), Stream.of(own))
                    .toArray(String[]::new))
                .exitCode())
        .isZero();
    assertThat(
            run(Stream.concat(Stream.of("user", "create", "ada", "A", "L"), Stream.of(own))
                    .toArray(String[]::new))
                .err())
        .contains("the caller lacks scope accounts.write");
  }

  /** What {@code make run SECURE=1} prints. */
  @Test
  void calls_asPrinted_areDone() {
    List<String> calls =
        Calls.of(folder, server.address()).stream()
            .filter(line -> line.contains(COMMAND))
            .map(line -> line.substring(line.indexOf(COMMAND) + COMMAND.length()))
            .toList();

    assertThat(calls)
        .hasSize(2)
        .allSatisfy(call -> assertThat(Run.of(call.split(" ")).exitCode()).isZero());
  }

  @Test
  void userGet_serverThatIsNotTrusted_isUnavailable() {
    assertThat(command(Stream.of("user", "get", "olivia", "--tls")).exitCode()).isEqualTo(78);
  }

  @Test
  void userGet_tokenOverPlaintext_isNotSent() {
    Run run =
        command(
            Stream.of(
                "user", "get", "olivia", "--plaintext", "--token-file", file("olivia.token")));

    assertThat(run.exitCode()).isIn(78, 80);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void userGet_fileThatIsNotThere_isWrongUsage() {
    Run run = command(Stream.of("user", "get", "olivia", "--ca", "/no/such/file"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("/no/such/file (expected: a readable file)");
  }

  @Test
  void userGet_certificateWithoutKey_isWrongUsage() {
    assertThat(run("user", "get", "olivia", "--certificate", file("client.pem")).exitCode())
        .isEqualTo(2);
  }
}
