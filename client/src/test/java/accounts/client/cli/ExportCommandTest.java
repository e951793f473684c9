package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.AccountsClient;
import accounts.client.BlockingAccountsClient;
import accounts.client.Role;
import accounts.client.fake.FakeServer;
import accounts.client.fake.Script;
import accounts.v1.ListEntitiesRequest;
import accounts.v1.WatchRequest;
import accounts.v1.WatchResponse;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code accounts export}. */
final class ExportCommandTest {

  private static final String SUMMARY =
      """
      4 users (1 suspended), 2 organizations, 5 memberships; 0 left out
      token: t1
      """;

  @RegisterExtension final FakeServer server = new FakeServer();

  @TempDir private Path folder = Path.of("");

  private AccountsClient client;
  private BlockingAccountsClient accounts;

  @BeforeEach
  void fill() {
    server
        .accounts()
        .onWatch((request, responses) ->
            responses.onNext(WatchResponse.newBuilder().setToken("t1").build()));
    client = AccountsClient.builder(server.address()).build();
    accounts = client.blocking();
    accounts.createUser("olivia", "Olivia", "Park");
    accounts.createUser("marc", "Marc", "O'Lee");
    accounts.createUser("liam", "Liam", "Day");
    accounts.createUser("zoe", "Zoë", "\"Z\" & Co");
    accounts.createOrganization("Olivia's Org", "olivia");
    accounts.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");
    accounts.addUserToOrganization("olivias-org", "liam", Role.ADMIN, "olivia");
    accounts.createOrganization("beta", "olivia");
    accounts.addUserToOrganization("beta", "zoe", Role.OWNER, "olivia");
    accounts.suspendUser("zoe");
  }

  @AfterEach
  void close() {
    client.close();
  }

  private Path file() {
    return folder.resolve("all.jsonl");
  }

  private Run export(String... options) {
    return Run.against(
        server,
        Stream.concat(Stream.of("export", file().toString(), "--rate", "1000"), Stream.of(options))
            .toArray(String[]::new));
  }

  private List<String> exported() throws IOException {
    return Files.readAllLines(file());
  }

  @Test
  void export_everyKind_isWrittenInTheOrderOfAnImport() throws Exception {
    Run run = export();

    assertThat(run).isEqualTo(new Run(0, SUMMARY, ""));
    assertThat(Files.readString(file()))
        .isEqualTo(
            """
            {"user":{"username":"liam","first_name":"Liam","last_name":"Day"}}
            {"user":{"username":"marc","first_name":"Marc","last_name":"O\\u0027Lee"}}
            {"user":{"username":"olivia","first_name":"Olivia","last_name":"Park"}}
            {"user":{"username":"zoe","first_name":"Zoë","last_name":"\\"Z\\" \\u0026 Co"}}
            {"organization":{"organization_name":"beta","founding_user":"olivia"}}
            {"membership":{"organization_name":"beta","member_username":"zoe","role":"ROLE_OWNER","adding_user":"olivia"}}
            {"organization":{"organization_name":"olivias-org","founding_user":"olivia"}}
            {"display_name":{"organization_name":"olivias-org","display_name":"Olivia\\u0027s Org","acting_user":"olivia"}}
            {"membership":{"organization_name":"olivias-org","member_username":"liam","role":"ROLE_ADMIN","adding_user":"olivia"}}
            {"membership":{"organization_name":"olivias-org","member_username":"marc","role":"ROLE_MEMBER","adding_user":"olivia"}}
            {"suspension":{"username":"zoe"}}
            """);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file());
    }
  }

  @Test
  void export_severalPages_hasAllOfThem() throws Exception {
    server.accounts().limitPages(2);

    assertThat(export().out()).isEqualTo(SUMMARY);
    assertThat(exported()).hasSize(11);
  }

  @Test
  void export_founderIsNoOwnerAnyMore_isTheFirstOwner() throws Exception {
    var unused = accounts.removeUserFromOrganization("beta", "olivia", "olivia");

    assertThat(export().exitCode()).isZero();
    assertThat(exported())
        .contains("{\"organization\":{\"organization_name\":\"beta\",\"founding_user\":\"zoe\"}}");
  }

  @Test
  void export_nothingButTheOwner_isOneReadableByItsOwnerOnly() throws Exception {
    assertThat(export().exitCode()).isZero();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void export_json_isTheSummaryInOneLine() {
    assertThat(export("--json").out())
        .isEqualTo(
            """
            {"users":4,"suspended":1,"organizations":2,"memberships":5,"leftOut":0,"token":"t1"}
            """);
  }

  @Test
  void export_fileExists_isRefusedAndLeftAlone() throws Exception {
    Files.writeString(file(), "mine");
    Run run = export();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(file() + ": exists (expected: a new file)");
    assertThat(file()).hasContent("mine");
  }

  @Test
  void export_noScope_exitsWithTheCodeAndLeavesNothing() throws Exception {
    server.script().fail(Status.PERMISSION_DENIED.asRuntimeException());

    assertThat(export().exitCode()).isEqualTo(71);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void export_partsOfAKilledOne_areReplaced() throws Exception {
    Path parts = Files.createDirectory(folder.resolve("all.jsonl.parts"));
    Files.writeString(parts.resolve("sorted1.part"), "{}");

    assertThat(export().exitCode()).isZero();
    assertThat(parts).doesNotExist();
  }

  @Test
  void export_folderIsMissing_saysWhichAndForWhichFile() {
    Path missing = folder.resolve("missing");

    assertThat(Run.against(server, "export", missing.resolve("all.jsonl").toString()))
        .isEqualTo(
            new Run(
                2,
                "",
                "accounts: %s/all.jsonl: no folder %s (expected: one that exists)\n"
                    .formatted(missing, missing)));
  }

  @Test
  void export_foldersOfOthersInItsPlace_areLeftAlone() throws Exception {
    Path mine = Files.createDirectory(folder.resolve("all.jsonl.parts")).resolve("mine");
    Files.writeString(mine, "mine");

    assertThat(export().exitCode()).isEqualTo(2);
    assertThat(mine).hasContent("mine");
  }

  @Test
  void export_pageRefusedForNow_isAskedForAgain() throws Exception {
    server
        .accounts()
        .onWatch((request, responses) -> {
          server.script().fail(Status.RESOURCE_EXHAUSTED.asRuntimeException());
          responses.onNext(WatchResponse.newBuilder().setToken("t1").build());
        });

    assertThat(export().out()).isEqualTo(SUMMARY);
    assertThat(server.script().seen())
        .filteredOn(call -> call.request() instanceof ListEntitiesRequest)
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void export_nobodyThere_saysSoAtOnce() {
    assertThat(Run.of("export", file().toString(), "--address", "127.0.0.1:1").exitCode())
        .isEqualTo(78);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void export_badRate_isWrongUsage() {
    assertThat(export("--rate", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void export_token_isTakenBeforeTheFirstPage() {
    assertThat(export().exitCode()).isZero();

    List<String> calls =
        server.script().seen().stream()
            .map(Script.Seen::request)
            .filter(q -> q instanceof ListEntitiesRequest || q instanceof WatchRequest)
            .map(q ->
                q instanceof ListEntitiesRequest page ? "page of " + page.getPageSize() : "watch")
            .toList();
    assertThat(calls).containsExactly("page of 1", "watch", "page of 1000");
  }

  @Test
  void export_noScopeForReadingAgain_isRefusedBeforeTheFirstPage() {
    server
        .accounts()
        .beforeEntities(
            page -> server.script().fail(Status.PERMISSION_DENIED.asRuntimeException()));

    assertThat(export().exitCode()).isEqualTo(71);
    assertThat(server.script().seen()).noneMatch(call -> call.request() instanceof WatchRequest);
  }

  /** Does something once, before the page on which an export goes on after this key. */
  private void before(String key, Runnable action) {
    server.accounts().limitPages(1);
    AtomicBoolean done = new AtomicBoolean();
    server
        .accounts()
        .beforeEntities(page -> {
          if (page.getPageToken().equals(key) && done.compareAndSet(false, true)) {
            action.run();
          }
        });
  }

  @Test
  void export_userDeletedBetweenPages_isLeftOutWithTheMembershipThatWasSeen() throws Exception {
    before("2 olivias-org", () -> accounts.deleteUserAndMemberships("marc"));

    assertThat(export().out())
        .isEqualTo(
            """
            3 users (1 suspended), 2 organizations, 4 memberships; 1 left out
            token: t1
            """);
    assertThat(exported()).noneMatch(line -> line.contains("marc"));
  }

  @Test
  void export_ownerChangedBetweenPages_isReadAgain() throws Exception {
    accounts.changeMemberRole("beta", "olivia", Role.MEMBER, "olivia");
    before(
        "1 [beta, olivia]",
        () -> {
          accounts.changeMemberRole("beta", "olivia", Role.OWNER, "zoe");
          accounts.changeMemberRole("beta", "zoe", Role.ADMIN, "olivia");
        });

    assertThat(export().out()).isEqualTo(SUMMARY);
    assertThat(exported())
        .contains(
            "{\"organization\":{\"organization_name\":\"beta\",\"founding_user\":\"olivia\"}}",
            "{\"membership\":{\"organization_name\":\"beta\",\"member_username\":\"zoe\","
                + "\"role\":\"ROLE_ADMIN\",\"adding_user\":\"olivia\"}}");
  }

  @Test
  void export_organizationWithoutSeenOwnerDeletedMeanwhile_isLeftOut() throws Exception {
    accounts.changeMemberRole("beta", "olivia", Role.MEMBER, "olivia");
    before(
        "1 [beta, olivia]",
        () -> {
          accounts.changeMemberRole("beta", "olivia", Role.OWNER, "zoe");
          accounts.changeMemberRole("beta", "zoe", Role.ADMIN, "olivia");
          server
              .accounts()
              .beforeEntities(page -> {
                if (page.getPageToken().equals("3 olivia")) {
                  accounts.deleteOrganizationAndMemberships("beta", "olivia");
                }
              });
        });

    assertThat(export().out()).contains("1 organizations, 3 memberships; 3 left out");
  }

  @Test
  void export_fileCameIntoBeingMeanwhile_isLeftAlone() throws Exception {
    before("3 olivia", () -> write("mine"));
    Run run = export();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(file().toAbsolutePath() + ": exists by now");
    assertThat(file()).hasContent("mine");
    assertThat(folder.resolve("all.jsonl.parts")).doesNotExist();
  }

  private void write(String text) {
    try {
      Files.writeString(file(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void export_folderOfParts_isForItsOwnerOnly() throws Exception {
    List<String> permissions = new CopyOnWriteArrayList<>();
    before(
        "3 olivia",
        () -> {
          try {
            permissions.add(
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(folder.resolve("all.jsonl.parts"))));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    assertThat(export().exitCode()).isZero();
    assertThat(permissions).containsExactly("rwx------");
  }

  @Test
  void export_processIsEnded_leavesNothing() throws Exception {
    server.accounts().limitPages(1);
    CountDownLatch begun = new CountDownLatch(2);
    server.accounts().beforeEntities(page -> begun.countDown());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "accounts.client.cli.Main",
                "export",
                file().toString(),
                "--rate=1",
                "--address=" + server.address())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(folder.resolve("all.jsonl.parts")).isDirectory();
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isNotZero();
    assertThat(folder).isEmptyDirectory();
  }
}
