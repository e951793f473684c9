package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.AccountsClient;
import accounts.client.BlockingAccountsClient;
import accounts.client.Lookup;
import accounts.client.Membership;
import accounts.client.User;
import accounts.client.real.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills an import twice and compares the outcome, an export included, with that of one that nobody
 * disturbed, each by a real service. {@code make import-check} does it with 100,000 lines.
 */
final class ImportKillTest {

  private static final int LINES = Integer.getInteger("import.lines", 400);

  /** A second for a short file, so that there is time to kill it; none for a long one. */
  private static final int RATE = LINES > 1_000 ? 1_000_000 : LINES / 4;

  private static final int BLOCK = 20;
  private static final int USERS = 12;

  @TempDir private Path folder = Path.of("");

  @Test
  void import_killedTwice_endsAsIfUndisturbed() throws Exception {
    Path disturbed = write(folder.resolve("disturbed.jsonl"));
    Path undisturbed = write(folder.resolve("undisturbed.jsonl"));

    List<String> expected = outcome(undisturbed, address -> importWhole(undisturbed, address));
    List<String> actual =
        outcome(
            disturbed,
            address -> {
              killAfter(LINES / 4, disturbed, address);
              killAfter(LINES / 2, disturbed, address);
              importWhole(disturbed, address);
            });

    assertThat(actual).isEqualTo(expected);
    assertThat(expected.stream().filter(line -> line.startsWith("{\"line\":")))
        .hasSize(LINES / 100);
  }

  private interface Import {
    void against(String address) throws Exception;
  }

  /** Runs an import with a service of its own; returns its report and what the service then has. */
  private static List<String> outcome(Path file, Import runs) throws Exception {
    try (RealServer server = RealServer.start()) {
      runs.against(server.address());
      List<String> outcome = new ArrayList<>(Files.readAllLines(beside(file, ".refused.jsonl")));
      try (AccountsClient client = AccountsClient.builder(server.address()).build()) {
        for (int block = 0; block < LINES / BLOCK; block++) {
          addBlock(outcome, client.blocking(), block);
        }
      }
      outcome.addAll(exported(beside(file, ".export"), server.address()));
      return outcome;
    }
  }

  private static List<String> exported(Path file, String address) throws IOException {
    Run export =
        Run.of(
            "export", file.toString(), "--address", address, "--rate", "1000", "--timeout", "30s");
    assertThat(export.exitCode()).isZero();
    System.out.print("export: " + export.out());
    return Files.readAllLines(file);
  }

  private static void addBlock(List<String> to, BlockingAccountsClient client, int block) {
    List<String> usernames = IntStream.range(0, USERS).mapToObj(i -> user(block, i)).toList();
    for (Lookup<String, User> lookup : client.batchGetUsers(usernames).value()) {
      to.add(lookup.key() + lookup.value().map(u -> u.firstName() + u.lastName() + u.revision()));
    }
    client.listOrganizationMembers("org-" + block).stream().forEach(m -> to.add(text(m)));
  }

  private static String text(Membership m) {
    return m.organizationName() + " " + m.username() + " " + m.role() + " " + m.revision();
  }

  private static void importWhole(Path file, String address) throws Exception {
    Process process = start(file, address, 1_000_000);
    try {
      assertThat(process.waitFor()).isEqualTo(ImportCommand.REFUSED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(beside(file, ".checkpoint")).doesNotExist();
  }

  private static void killAfter(int line, Path file, String address) throws Exception {
    Process process = start(file, address, RATE);
    try {
      while (reached(file) < line) {
        assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as("ended by itself").isFalse();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(reached(file)).isLessThan(LINES);
  }

  private static long reached(Path file) throws IOException {
    return Checkpoint.load(beside(file, ".checkpoint")).map(c -> c.mark().line()).orElse(0L);
  }

  private static Process start(Path file, String address, int rate) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            "accounts.client.cli.Main",
            "import",
            file.toString(),
            "--address=" + address,
            "--rate=" + rate,
            "--timeout=30s")
        .redirectErrorStream(true)
        .redirectOutput(beside(file, ".output").toFile())
        .start();
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /**
   * Writes blocks of twelve users, the organization that the first one founds, and memberships: an
   * admin added by the founder, others by the admin. Each hundredth line is a bad one.
   */
  private static Path write(Path file) throws IOException {
    return Files.write(file, IntStream.range(0, LINES).mapToObj(ImportKillTest::line).toList());
  }

  private static String line(int number) {
    int block = number / BLOCK;
    int place = number % BLOCK;
    return bad(number, block).orElseGet(() -> good(block, place));
  }

  private static Optional<String> bad(int number, int block) {
    if (number % 100 != 99) {
      return Optional.empty();
    }
    return Optional.of(
        switch (number / 100 % 4) {
          case 0 -> "{\"user\": ";
          case 1 -> userLine("?", "Nobody");
          case 2 -> userLine(user(block, 0), "Another");
          default -> membershipLine(block, "nobody", "ROLE_MEMBER", user(block, 0));
        });
  }

  private static String good(int block, int place) {
    if (place < USERS) {
      return userLine(user(block, place), "Given" + place);
    }
    if (place == USERS) {
      return "{\"organization\": {\"organization_name\": \"Org %d\", \"founding_user\": \"%s\"}}"
          .formatted(block, user(block, 0));
    }
    return place == USERS + 1
        ? membershipLine(block, user(block, 1), "ROLE_ADMIN", user(block, 0))
        : membershipLine(block, user(block, place - USERS), "ROLE_MEMBER", user(block, 1));
  }

  private static String user(int block, int place) {
    return "user-" + block + "-" + place;
  }

  private static String userLine(String username, String firstName) {
    return "{\"user\": {\"username\": \"%s\", \"first_name\": \"%s\", \"last_name\": \"Park\"}}"
        .formatted(username, firstName);
  }

  private static String membershipLine(int block, String username, String role, String by) {
    return "{\"membership\": {\"organization_name\": \"org-%d\", \"member_username\": \"%s\", \"role\": \"%s\", \"adding_user\": \"%s\"}}"
        .formatted(block, username, role, by);
  }
}
