package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.fake.Failures;
import accounts.client.fake.FakeServer;
import accounts.client.fake.Script;
import accounts.v1.CreateUserRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code accounts import}. */
final class ImportCommandTest {

  private static final String OLIVIA =
      """
      {"user": {"username": "olivia", "first_name": "Olivia", "last_name": "Park"}}\
      """;
  private static final String MARC =
      """
      {"user": {"username": "marc", "firstName": "Marc", "lastName": "Lee"}}\
      """;
  private static final String ORGANIZATION =
      """
      {"organization": {"organization_name": "Olivia's Org", "founding_user": "olivia"}}\
      """;
  private static final String MEMBERSHIP =
      """
      {"membership": {"organization_name": "olivias-org", "member_username": "marc",\
       "role": "ROLE_MEMBER", "adding_user": "olivia"}}\
      """;

  @RegisterExtension final FakeServer server = new FakeServer();

  @TempDir private Path folder = Path.of("");

  @Test
  void import_everyKind_makesAllOfIt() throws Exception {
    Path file = file(OLIVIA, "", MARC, ORGANIZATION, MEMBERSHIP);

    assertThat(run(file)).isEqualTo(new Run(0, "4 made, 0 refused\n", ""));
    assertThat(Run.against(server, "member", "get", "olivias-org", "marc").exitCode()).isZero();
    assertThat(checkpoint(file)).doesNotExist();
  }

  @Test
  void import_badLines_reportsThemInOrderAndMakesTheOthers() throws Exception {
    Path file =
        file(
            "{",
            OLIVIA,
            "{\"user\": {\"username\": \"?\", \"first_name\": \"A\"}}",
            "{\"user\": {\"name\": \"a\"}}",
            "{\"users\": {}}",
            "x".repeat(LineReader.LIMIT + 1),
            OLIVIA,
            MARC);

    Run run = run(file);

    assertThat(run.exitCode()).isEqualTo(ImportCommand.REFUSED);
    assertThat(run.out()).startsWith("2 made, 6 refused, see ");
    assertThat(report(file)).hasSize(6);
    assertThat(report(file).get(1))
        .startsWith("{\"line\":3,\"reason\":\"INVALID_FIELD\",\"fields\":[{\"field\":\"username\"")
        .contains("{\"field\":\"last_name\"");
    assertThat(report(file).get(5))
        .isEqualTo(
            "{\"line\":7,\"reason\":\"USER_ALREADY_EXISTS\",\"fields\":[],"
                + "\"message\":\"USER_ALREADY_EXISTS: user \\\"olivia\\\" exists already\"}");
  }

  @Test
  void import_requestIdInALine_isRefused() throws Exception {
    Path file = file("{\"user\": {\"username\": \"a\", \"request_id\": \"b\"}}");

    assertThat(run(file).exitCode()).isEqualTo(ImportCommand.REFUSED);
    assertThat(report(file))
        .singleElement()
        .asString()
        .contains("{\"field\":\"request_id\",\"problem\":\"\\\"b\\\" (expected: none");
  }

  @Test
  void dryRun_badLines_printsThemAndCallsNobody() throws Exception {
    Run run = run(file(OLIVIA, "{}", MEMBERSHIP), "--dry-run");

    assertThat(run)
        .isEqualTo(
            new Run(
                ImportCommand.REFUSED,
                "{\"line\":2,\"reason\":\"INVALID_LINE\",\"fields\":[],\"message\":\"0 members"
                    + " (expected: an object with one member: user, organization, membership,"
                    + " display_name or suspension)\"}\n",
                ""));
    assertThat(server.script().seen()).isEmpty();
  }

  @Test
  void dryRun_linesThatAreNoJsonObject_sayWhatIsExpected() throws Exception {
    Run run =
        run(file("not json", "[1]", "{\"user\"", "{\"user\": null}", "{\"user\": 7}"), "--dry-run");

    assertThat(run.exitCode()).isEqualTo(ImportCommand.REFUSED);
    assertThat(run.out().lines().limit(3))
        .hasSize(3)
        .allSatisfy(line ->
            assertThat(line).contains("not a JSON object (expected: an object with one member"));
    assertThat(run.out().lines()).hasSize(5).noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void import_addingUserIsSuspended_isOfTheLine() throws Exception {
    Path file = file(MARC);
    server
        .script()
        .fail(Failures.of(Status.Code.PERMISSION_DENIED, "USER_SUSPENDED", "suspended", Map.of()));

    assertThat(run(file).exitCode()).isEqualTo(ImportCommand.REFUSED);
    assertThat(report(file)).singleElement().asString().contains("\"reason\":\"USER_SUSPENDED\"");
    assertThat(checkpoint(file)).doesNotExist();
  }

  @Test
  void import_goesOnAtAnotherAddress_isRefused() throws Exception {
    Path file = file(OLIVIA, MARC);
    server.script().fail(Failures.of(Status.Code.INTERNAL, "INTERNAL", "a fault", Map.of()));
    var unused = run(file);
    String begun = Files.readString(checkpoint(file));
    Files.writeString(
        checkpoint(file),
        begun.replaceFirst("\"address\":\"[^\"]*\"", "\"address\":\"staging:1\""));

    Run other = run(file);
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("begun at staging:1 (expected: the same --address");
  }

  @Test
  void import_goesOnWithoutItsReport_isRefusedWithItsName() throws Exception {
    Path file = file("{}", OLIVIA);
    server.script().fail(Failures.of(Status.Code.INTERNAL, "INTERNAL", "a fault", Map.of()));
    var unused = run(file);
    Files.delete(file.resolveSibling(file.getFileName() + ".refused.jsonl"));

    Run resumed = run(file);
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err()).contains(".refused.jsonl: 0 bytes (expected: ");
  }

  @Test
  void import_serviceFails_endsAndGoesOnWithTheSameRequestIds() throws Exception {
    Path file = file(OLIVIA, MARC);
    server.script().fail(Failures.of(Status.Code.INTERNAL, "INTERNAL", "a fault", Map.of()));

    Run ended = run(file, "--in-flight", "1");
    Run resumed = run(file);

    assertThat(ended.exitCode()).isEqualTo(77);
    assertThat(ended.err())
        .isEqualTo(
            """
            accounts: ended before the end of the file; repeat the command to go on
            accounts: INTERNAL: a fault
            """);
    assertThat(resumed.out()).isEqualTo("2 made, 0 refused\n");
    assertThat(requestIds("olivia")).hasSize(2).containsOnly(requestIds("olivia").get(0));
  }

  @Test
  void import_fileChangedMeanwhile_isRefused() throws Exception {
    Path file = file("{", OLIVIA);
    server.script().fail(Failures.of(Status.Code.INTERNAL, "INTERNAL", "a fault", Map.of()));
    assertThat(run(file, "--in-flight", "1").exitCode()).isEqualTo(77);
    file("[", OLIVIA);

    assertThat(run(file))
        .matches(run -> run.exitCode() == 2)
        .matches(run -> run.err().contains("changed since it was imported up to line 1"));
  }

  @Test
  void import_notATerminal_drawsNoBar() throws Exception {
    assertThat(run(file(OLIVIA)).err()).isEmpty();
  }

  @Test
  void import_progressWanted_drawsABar() throws Exception {
    assertThat(run(file(OLIVIA), "--progress").err())
        .endsWith("\r[" + "#".repeat(30) + "] 100 %, line 1, 0 refused\n");
  }

  @Test
  void import_noSuchFile_saysSo() {
    Path file = folder.resolve("nothing");

    assertThat(run(file)).isEqualTo(new Run(2, "", "accounts: " + file + ": no such file\n"));
  }

  @Test
  void import_folder_saysSo() {
    assertThat(run(folder))
        .isEqualTo(new Run(2, "", "accounts: " + folder + ": a folder (expected: a file)\n"));
  }

  private List<String> requestIds(String username) {
    return server.script().seen().stream()
        .map(Script.Seen::request)
        .flatMap(m -> m instanceof CreateUserRequest q ? Stream.of(q) : Stream.empty())
        .filter(q -> q.getUsername().equals(username))
        .map(CreateUserRequest::getRequestId)
        .toList();
  }

  private Run run(Path file, String... options) {
    return Run.against(
        server,
        Stream.concat(Stream.of("import", file.toString(), "--rate", "1000"), Stream.of(options))
            .toArray(String[]::new));
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("accounts.jsonl"), String.join("\n", lines));
  }

  private static Path checkpoint(Path file) {
    return file.resolveSibling(file.getFileName() + ".checkpoint");
  }

  private static List<String> report(Path file) throws IOException {
    return Files.readAllLines(file.resolveSibling(file.getFileName() + ".refused.jsonl"));
  }
}
