package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.real.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exports from the real service, imports into one with an empty table, and exports again. */
@Timeout(180)
final class RoundTripTest {

  @AutoClose private static final RealServer server = RealServer.start();
  @AutoClose private static final RealServer empty = RealServer.start();

  @TempDir private Path folder = Path.of("");

  private static Run run(RealServer server, String... args) {
    return Run.of(
        Stream.concat(Stream.of(args), Stream.of("--address", server.address(), "--timeout", "20s"))
            .toArray(String[]::new));
  }

  private static void done(RealServer server, String... args) {
    assertThat(run(server, args)).extracting(Run::exitCode, Run::err).containsExactly(0, "");
  }

  @Test
  void export_importedIntoAnEmptyTable_isExportedTheSame() throws Exception {
    done(
        server,
        "user",
        "create",
        "olivia",
        "Olivia",
        "O'Park",
        "--label",
        "plan=free",
        "--label",
        "a=");
    done(server, "user", "create", "marc", "Marc", "Lee");
    done(server, "user", "create", "zoe", "Zoë", "Ray");
    done(server, "user", "create", "gone", "Gone", "Soon");
    done(server, "org", "create", "Olivia's Org", "--as", "olivia", "--label", "region=eu");
    done(server, "org", "create", "Beta", "--as", "marc");
    done(server, "org", "update", "beta", "--display-name", "オリビアの会", "--as", "marc");
    done(server, "member", "add", "olivias-org", "marc", "admin", "--as", "olivia");
    done(server, "member", "add", "olivias-org", "zoe", "owner", "--as", "olivia");
    done(server, "member", "add", "beta", "zoe", "owner", "--as", "marc");
    done(server, "member", "remove", "beta", "marc", "--as", "marc");
    done(server, "org", "update", "beta", "--as", "zoe", "--label", "b=1", "--label", "a=2");
    done(server, "user", "suspend", "zoe");
    done(server, "user", "delete", "gone");
    Path first = folder.resolve("first.jsonl");
    Path second = folder.resolve("second.jsonl");

    Run export = run(server, "export", first.toString());
    assertThat(export.exitCode()).isZero();
    assertThat(export.out())
        .startsWith("3 users (1 suspended), 2 organizations, 4 memberships; 0 left out\ntoken: ");
    Run imported = run(empty, "import", first.toString());
    assertThat(imported.out()).isEqualTo("10 made, 0 refused\n");
    assertThat(run(empty, "export", second.toString()).exitCode()).isZero();

    assertThat(second).hasSameTextualContentAs(first);
    assertThat(Files.readString(first))
        .contains("オリビアの会")
        .contains("\"labels\":{\"a\":\"\",\"plan\":\"free\"}")
        .contains("\"labels\":{\"region\":\"eu\"}")
        .contains("\"labels\":{\"a\":\"2\",\"b\":\"1\"}")
        .doesNotContain("gone");
  }
}
