package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.real.RealServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Runs the tutorial with the command against the real service. */
final class RealServiceTest {

  @AutoClose private static final RealServer server = RealServer.start();

  private static Run run(String... args) {
    return Run.of(
        Stream.concat(Stream.of(args), Stream.of("--address", server.address(), "--timeout", "20s"))
            .toArray(String[]::new));
  }

  @Test
  void tutorial_stepByStep_printsTheDescribedAnswers() {
    assertThat(run("user", "create", "olivia", "Olivia", "Park").exitCode()).isZero();
    assertThat(run("user", "create", "marc", "Marc", "Lee").exitCode()).isZero();
    assertThat(run("org", "create", "Olivia's Org", "--as", "olivia").exitCode()).isZero();
    assertThat(run("member", "get", "olivias-org", "marc").exitCode()).isEqualTo(69);
    assertThat(run("member", "add", "olivias-org", "marc", "member", "--as", "marc").exitCode())
        .isEqualTo(71);
    assertThat(run("member", "add", "olivias-org", "marc", "member", "--as", "olivia").exitCode())
        .isZero();
    assertThat(run("member", "get", "olivias-org", "marc").out()).contains("marc", "MEMBER");
    assertThat(run("user", "create", "ana", "Ana", "Lee").exitCode()).isZero();
    assertThat(
            run("invitation", "create", "olivias-org", "ana", "admin", "--as", "marc").exitCode())
        .isEqualTo(71);
    assertThat(
            run("invitation", "create", "olivias-org", "ana", "admin", "--as", "olivia").exitCode())
        .isZero();
    assertThat(run("user", "invitations", "ana").out()).containsPattern("ADMIN +olivia");
    assertThat(run("invitation", "accept", "olivias-org", "ana").out()).contains("ADMIN");
    assertThat(run("invitation", "accept", "olivias-org", "ana").exitCode()).isEqualTo(70);
  }
}
