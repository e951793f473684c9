package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.fake.FakeServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests {@code accounts user changes} and {@code accounts org changes}. */
final class ChangesCommandTest {

  @RegisterExtension final FakeServer server = new FakeServer();

  private int requests;

  @BeforeEach
  void seed() {
    write("user", "create", "olivia", "Olivia", "Park");
    write("user", "create", "marc", "Marc", "Lee");
    write("org", "create", "Olivia's Org", "--as", "olivia");
    write("member", "add", "olivias-org", "marc", "member", "--as", "olivia");
    write("member", "role", "olivias-org", "marc", "admin", "--as", "olivia");
    write("member", "remove", "olivias-org", "marc", "--as", "marc");
    write("user", "update", "marc", "--first-name", "Marcus", "--last-name", "Li");
  }

  /** Makes a change with a request id that ends with its number. */
  private void write(String... args) {
    requests++;
    assertThat(
            run(Stream.concat(
                        Stream.of(args),
                        Stream.of(
                            "--request-id", "00000000-0000-0000-0000-%012d".formatted(requests)))
                    .toArray(String[]::new))
                .exitCode())
        .isZero();
  }

  private Run run(String... args) {
    return Run.against(server, args);
  }

  @Test
  void userChanges_created_printsIt() {
    assertThat(run("user", "changes", "olivia", "--page-size", "1").out())
        .isEqualTo(
            """
            CHANGED               USERNAME  ORGANIZATION  ACTION   FROM  TO  WHAT  ACTING USER  CALLER                     REQUEST ID
            2026-01-02T03:04:05Z  olivia    -             CREATED  0     1   -     -            spiffe://example.org/test  00000000-0000-0000-0000-000000000001
            """);
  }

  @Test
  void userChanges_several_printsWhatChanged() {
    assertThat(column(run("user", "changes", "marc"), 6))
        .containsExactly(
            "WHAT", "-", "->MEMBER", "MEMBER->ADMIN", "ADMIN->", "first_name,last_name");
  }

  @Test
  void userChanges_suspended_printsTheNewState() {
    write("user", "suspend", "olivia");

    assertThat(column(run("user", "changes", "olivia"), 6)).contains("state->SUSPENDED");
  }

  @Test
  void orgChanges_several_printsItAndItsMembers() {
    Run run = run("org", "changes", "Olivia's Org");

    assertThat(column(run, 1)).containsExactly("USERNAME", "-", "olivia", "marc", "marc", "marc");
    assertThat(column(run, 7))
        .containsExactly("ACTING USER", "olivia", "olivia", "olivia", "olivia", "marc");
  }

  @Test
  void orgChanges_all_printsEveryPage() {
    Run all = run("org", "changes", "olivias-org", "--page-size", "2", "--all");

    assertThat(column(all, 5)).containsExactly("TO", "1", "1", "1", "2", "3");
    assertThat(all.err()).isEmpty();
  }

  @Test
  void orgChanges_morePages_saysHowToGoOn() {
    assertThat(run("org", "changes", "olivias-org", "--page-size", "1").err())
        .isEqualTo("more: --page-token 1\n");
  }

  @Test
  void userChanges_json_isTheResponseOnOneLine() {
    assertThat(run("user", "changes", "olivia", "--page-size", "1", "--json").out())
        .isEqualTo(
            """
            {"changes":[{"entityKind":"ENTITY_KIND_USER","username":"olivia","organizationName":"",\
            "action":"AUDIT_ACTION_CREATED","fromRevision":"0","toRevision":"1","actingUser":"",\
            "caller":"spiffe://example.org/test","requestId":"00000000-0000-0000-0000-000000000001",\
            "changeTime":"2026-01-02T03:04:05Z","changedFields":[],"roleBefore":"ROLE_UNSPECIFIED",\
            "roleAfter":"ROLE_UNSPECIFIED","stateAfter":"USER_STATE_UNSPECIFIED",\
            "invitingUser":""}],"nextPageToken":"1"}
            """);
  }

  @Test
  void changes_nobody_isNotFound() {
    assertThat(run("user", "changes", "nobody").exitCode()).isEqualTo(69);
    assertThat(run("org", "changes", "nothing").exitCode()).isEqualTo(69);
  }

  /** Returns the cells of a column whose neighbours have no blanks inside of them. */
  private static Stream<String> column(Run run, int number) {
    return run.out().lines().map(line -> line.split(" {2,}", -1)[number]);
  }
}
