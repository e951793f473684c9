package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.Version;
import accounts.v1.AccountServiceGrpc;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the version, help and completion of the command. */
final class MainTest {

  @Test
  void version_option_printsTheBuildsVersion() {
    assertThat(Run.of("--version")).isEqualTo(new Run(0, "accounts " + Version.get() + "\n", ""));
  }

  @Test
  void help_option_listsTheExitCodes() {
    assertThat(Run.of("--help").out())
        .contains("Exit codes (64 + the gRPC code):")
        .contains("  69   NOT_FOUND")
        .contains("  78   UNAVAILABLE: the service or its store is unreachable");
  }

  @Test
  void help_ofASubcommand_hasItsOptionsAndTheGlobalOnes() {
    assertThat(Run.of("member", "role", "--help").out())
        .startsWith("Usage: accounts member role ")
        .contains("--expected-revision=N", "--request-id=UUID", "--as=USER", "--address=HOST:PORT")
        .contains("One of owner, admin, member.");
  }

  @Test
  void subcommands_counted_areAsManyAsRpcs() {
    long subcommands =
        Stream.of("user", "org", "member", "invitation")
            .mapToLong(group -> commands(Run.of(group, "--help").out()))
            .sum();

    // ListChanges and ListInvitations have two; Watch and ListEntities have commands of their own.
    assertThat(subcommands)
        .isEqualTo(AccountServiceGrpc.getServiceDescriptor().getMethods().size());
  }

  @Test
  void timeout_zero_saysThatItIsMoreThanZero() {
    assertThat(Run.of("user", "get", "olivia", "--timeout", "0s").err())
        .contains("'0s' (expected: more than 0, like 500ms, 5s, 1m or 14d)");
  }

  @Test
  void completion_generated_isAScriptThatBashUnderstands() throws Exception {
    String script = Run.of("generate-completion").out();

    assertThat(script).contains("complete -F _complete_accounts", "batch-get", "owner");
    assertThat(bashReads(script)).isZero();
  }

  private static long commands(String help) {
    return help.lines()
        .dropWhile(line -> !line.equals("Commands:"))
        .filter(line -> line.matches("  [a-z].*"))
        .count();
  }

  private static int bashReads(String script) throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder("bash", "-n")
            .inheritIO()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (OutputStream in = bash.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    return bash.waitFor();
  }
}
