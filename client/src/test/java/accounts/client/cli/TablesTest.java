package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.fake.FakeServer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the table that each subcommand prints. */
final class TablesTest {

  @RegisterExtension final FakeServer server = new FakeServer();

  @BeforeEach
  void seed() {
    run("user", "create", "olivia", "Olivia", "Park");
    run("user", "create", "marc", "Marc", "Lee");
    run("org", "create", "Olivia's Org", "--as", "olivia");
    run("member", "add", "olivias-org", "marc", "member", "--as", "olivia");
  }

  @Test
  void userCreate_new_printsIt() {
    assertThat(run("user", "create", "ana", "Ana María", "Sánchez").out())
        .isEqualTo(
            """
            USERNAME  FIRST NAME  LAST NAME  STATE   REVISION  CREATED               UPDATED               LABELS
            ana       Ana María   Sánchez    ACTIVE  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -
            """);
  }

  @Test
  void userGet_found_printsItWithItsSource() {
    assertThat(run("user", "get", "marc").out())
        .isEqualTo(
            """
            USERNAME  FIRST NAME  LAST NAME  STATE   REVISION  CREATED               UPDATED               LABELS  SOURCE  AGE
            marc      Marc        Lee        ACTIVE  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -       CACHE   12ms
            """);
  }

  @Test
  void userBatchGet_oneAbsent_saysWhichWasFound() {
    assertThat(run("user", "batch-get", "olivia", "nobody").out())
        .isEqualTo(
            """
            FOUND  USERNAME  FIRST NAME  LAST NAME  STATE   REVISION  CREATED               UPDATED               LABELS  SOURCE  AGE
            yes    olivia    Olivia      Park       ACTIVE  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -       STORE   12ms
            no     nobody    -           -          -       0         -                     -                     -       STORE   12ms
            """);
  }

  @Test
  void userList_prefix_printsThoseThatBeginSo() {
    assertThat(run("user", "list", "ma").out())
        .isEqualTo(
            """
            USERNAME  FIRST NAME  LAST NAME  STATE   REVISION  CREATED               UPDATED               LABELS
            marc      Marc        Lee        ACTIVE  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -
            """);
    assertThat(run("user", "list", "--all", "--page-size", "1").out().lines()).hasSize(3);
  }

  @Test
  void orgList_prefix_printsThoseThatBeginSo() {
    run("org", "create", "Marc's", "--as", "marc");

    assertThat(run("org", "list", "oli").out())
        .isEqualTo(
            """
            ORGANIZATION  DISPLAY NAME  FOUNDING USER  REVISION  CREATED               UPDATED               LABELS
            olivias-org   Olivia's Org  olivia         1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -
            """);
    assertThat(run("org", "list").out().lines()).hasSize(3);
  }

  @Test
  void userList_incomplete_remarksIt() {
    server.accounts().incompleteLists(1);

    assertThat(run("user", "list").err()).startsWith("some may be missing: ");
  }

  @Test
  void userList_firstOfAllPagesIncomplete_remarksIt() {
    server.accounts().incompleteLists(1);

    assertThat(run("user", "list", "--all", "--page-size", "1").err())
        .startsWith("some may be missing: ");
  }

  @Test
  void userUpdate_oneName_leavesTheOther() {
    assertThat(run("user", "update", "marc", "--first-name", "Marcus").out())
        .isEqualTo(
            """
            USERNAME  FIRST NAME  LAST NAME  STATE   REVISION  CREATED               UPDATED               LABELS
            marc      Marcus      Lee        ACTIVE  2         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -
            """);
  }

  @Test
  void userLabels_createdAndUpdated_printsThemInTheOrderOfTheirKeys() {
    String created =
        run("user", "create", "ana", "Ana", "Lee", "--label", "team=", "--label", "plan=free")
            .out();
    String updated =
        run("user", "update", "ana", "--label", "plan=paid", "--remove-label", "team").out();

    assertThat(created).endsWith("  plan=free,team=\n");
    assertThat(updated).endsWith("  plan=paid\n");
  }

  @Test
  void orgLabels_createdAndUpdated_printsThem() {
    String created = run("org", "create", "Side", "--as", "marc", "--label", "plan=free").out();
    String updated = run("org", "update", "side", "--as", "marc", "--label", "region=eu").out();

    assertThat(created).contains("  plan=free\n");
    assertThat(updated).endsWith("  plan=free,region=eu\n");
  }

  @Test
  void userList_label_printsThoseThatHaveIt() {
    run("user", "create", "ana", "Ana", "Lee", "--label", "plan=free");

    assertThat(run("user", "list", "--label", "plan=free").out().lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("ana ");
    assertThat(run("org", "list", "--label", "plan=free").out().lines()).hasSize(1);
  }

  // To the service it is one that is not given: the labels would change, and the name would not.
  @Test
  void orgUpdate_emptyDisplayName_isAUsageError() {
    Run run =
        Run.against(
            server,
            "org",
            "update",
            "side",
            "--as",
            "marc",
            "--display-name",
            "",
            "--label",
            "a=b");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--display-name").contains("'' (expected: a name");
  }

  @Test
  void userCreate_labelWithoutValue_isAUsageError() {
    Run run = Run.against(server, "user", "create", "ana", "Ana", "Lee", "--label", "plan");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'plan' (expected: KEY=VALUE)");
  }

  @Test
  void userSuspend_active_printsItAsSuspended() {
    assertThat(run("user", "suspend", "marc").out())
        .isEqualTo(
            """
            USERNAME  FIRST NAME  LAST NAME  STATE      REVISION  CREATED               UPDATED               LABELS
            marc      Marc        Lee        SUSPENDED  2         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -
            """);
  }

  @Test
  void userDeleteAndUndelete_member_printIt() {
    run("org", "create", "Marc's", "--as", "marc");

    assertThat(run("user", "delete", "marc", "--force").out()).containsPattern("DELETED +3 ");
    assertThat(run("user", "undelete", "marc").out()).containsPattern("ACTIVE +4 ");
  }

  @Test
  void userPurge_deleted_saysSo() {
    run("user", "delete", "marc", "--force");

    assertThat(run("user", "purge", "marc").out()).isEqualTo("ERASED\nmarc\n");
  }

  @Test
  void orgDeleteAndUndelete_printIt() {
    run("org", "create", "Marc's", "--as", "marc");

    assertThat(run("org", "delete", "Marc's", "--as", "marc").out()).contains("Marc's");
    assertThat(run("org", "undelete", "Marc's", "--owner", "olivia").out())
        .containsPattern("olivia +OWNER");
  }

  @Test
  void userResume_suspended_printsItAsActive() {
    run("user", "suspend", "marc");

    assertThat(run("user", "resume", "marc", "--expected-revision", "2").out())
        .isEqualTo(
            """
            USERNAME  FIRST NAME  LAST NAME  STATE   REVISION  CREATED               UPDATED               LABELS
            marc      Marc        Lee        ACTIVE  3         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -
            """);
  }

  @Test
  void userMemberships_oneOrganization_printsIt() {
    assertThat(run("user", "memberships", "marc").out())
        .isEqualTo(
            """
            ORGANIZATION  USERNAME  ROLE    REVISION  CREATED               UPDATED
            olivias-org   marc      MEMBER  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z
            """);
  }

  @Test
  void invitationCreate_listedAndAccepted_isPrinted() {
    run("user", "create", "ana", "Ana", "Lee");
    String invitation =
        """
        ORGANIZATION  USERNAME  ROLE   INVITING USER  CREATED               EXPIRES
        olivias-org   ana       ADMIN  olivia         2026-01-02T03:04:05Z  2026-01-16T03:04:05Z
        """;

    assertThat(run("invitation", "create", "Olivia's Org", "ana", "admin", "--as", "olivia").out())
        .isEqualTo(invitation);
    assertThat(run("user", "invitations", "ana").out()).isEqualTo(invitation);
    assertThat(run("org", "invitations", "Olivia's Org").out()).isEqualTo(invitation);
    assertThat(run("invitation", "accept", "Olivia's Org", "ana").out())
        .containsPattern("ana +ADMIN +1 ");
    assertThat(run("user", "changes", "ana").out()).contains("ana (invited by olivia)");
  }

  @Test
  void invitationDelete_otherTimeToLive_isPrintedAsItWas() {
    String[] create = {"invitation", "create", "olivias-org", "marc", "owner", "--as", "olivia"};

    assertThat(run(with(create, "--time-to-live", "30d")).out()).contains("2026-02-01T03:04:05Z");
    assertThat(run("invitation", "delete", "olivias-org", "marc", "--as", "marc").out())
        .containsPattern("marc +OWNER +olivia");
    assertThat(run("org", "invitations", "olivias-org").out()).doesNotContain("marc");
  }

  private static String[] with(String[] command, String... more) {
    return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void orgCreate_new_printsItAndTheOwnership() {
    assertThat(run("org", "create", "Side Project", "--founder", "marc").out())
        .isEqualTo(
            """
            ORGANIZATION  DISPLAY NAME  FOUNDING USER  REVISION  CREATED               UPDATED               LABELS
            side-project  Side Project  marc           1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -

            ORGANIZATION  USERNAME  ROLE   REVISION  CREATED               UPDATED
            side-project  marc      OWNER  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z
            """);
  }

  @Test
  void orgGet_byDisplayName_printsItWithItsSource() {
    assertThat(run("org", "get", "Olivia's Org", "--consistency", "bounded").out())
        .isEqualTo(
            """
            ORGANIZATION  DISPLAY NAME  FOUNDING USER  REVISION  CREATED               UPDATED               LABELS  SOURCE      AGE
            olivias-org   Olivia's Org  olivia         1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  -       NEAR_CACHE  12ms
            """);
  }

  @Test
  void orgMembers_ofOneRole_printsThose() {
    assertThat(run("org", "members", "olivias-org", "--role", "owner").out())
        .isEqualTo(
            """
            ORGANIZATION  USERNAME  ROLE   REVISION  CREATED               UPDATED
            olivias-org   olivia    OWNER  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z
            """);
  }

  @Test
  void memberGet_found_printsItWithItsSource() {
    assertThat(run("member", "get", "olivias-org", "olivia").out())
        .isEqualTo(
            """
            ORGANIZATION  USERNAME  ROLE   REVISION  CREATED               UPDATED               SOURCE  AGE
            olivias-org   olivia    OWNER  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  CACHE   12ms
            """);
  }

  @Test
  void memberBatchGet_oneRemoved_printsTheRemovalsRevision() {
    run("member", "remove", "olivias-org", "marc", "--as", "olivia");

    assertThat(run("member", "batch-get", "olivias-org/olivia", "olivias-org/marc").out())
        .isEqualTo(
            """
            FOUND  ORGANIZATION  USERNAME  ROLE   REVISION  CREATED               UPDATED               SOURCE  AGE
            yes    olivias-org   olivia    OWNER  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z  CACHE   12ms
            no     olivias-org   marc      -      2         -                     -                     CACHE   12ms
            """);
  }

  @Test
  void memberCheck_allowed_printsWhy() {
    assertThat(run("member", "check", "olivias-org", "olivia", "admin").out())
        .isEqualTo(
            """
            ALLOWED  ORGANIZATION  USERNAME  REQUIRED  REASON  ROLE   REVISION  SOURCE  AGE
            yes      olivias-org   olivia    ADMIN     ROLE    OWNER  1         CACHE   12ms
            """);
  }

  @Test
  void memberCheck_refused_exitsWithACodeOfItsOwn() {
    Run run = Run.against(server, "member", "check", "olivias-org", "marc", "admin");

    assertThat(run)
        .isEqualTo(
            new Run(
                3,
                """
                ALLOWED  ORGANIZATION  USERNAME  REQUIRED  REASON        ROLE    REVISION  SOURCE  AGE
                no       olivias-org   marc      ADMIN     ROLE_TOO_LOW  MEMBER  1         CACHE   12ms
                """,
                ""));
  }

  @Test
  void memberBatchCheck_oneRefused_exitsWithThatCode() {
    Run run =
        Run.against(
            server,
            "member",
            "batch-check",
            "--role",
            "member",
            "olivias-org/marc",
            "olivias-org/nobody");

    assertThat(run)
        .isEqualTo(
            new Run(
                3,
                """
                ALLOWED  ORGANIZATION  USERNAME  REQUIRED  REASON        ROLE    REVISION  SOURCE  AGE
                yes      olivias-org   marc      MEMBER    ROLE          MEMBER  1         CACHE   12ms
                no       olivias-org   nobody    MEMBER    NOT_A_MEMBER  -       0         CACHE   12ms
                """,
                ""));
  }

  @Test
  void memberBatchCheck_allAllowed_isDone() {
    assertThat(run("member", "batch-check", "--role", "member", "olivias-org/marc").exitCode())
        .isZero();
  }

  @Test
  void memberRole_changed_printsItAsItIs() {
    assertThat(run("member", "role", "olivias-org", "marc", "ADMIN", "--as", "olivia").out())
        .isEqualTo(
            """
            ORGANIZATION  USERNAME  ROLE   REVISION  CREATED               UPDATED
            olivias-org   marc      ADMIN  2         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z
            """);
  }

  @Test
  void memberRemove_done_printsItAsItWas() {
    assertThat(run("member", "remove", "olivias-org", "marc", "--as", "olivia").out())
        .isEqualTo(
            """
            ORGANIZATION  USERNAME  ROLE    REVISION  CREATED               UPDATED
            olivias-org   marc      MEMBER  2         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z
            """);
  }

  @Test
  void orgMembers_morePages_saysHowToGoOn() {
    Run run = run("org", "members", "olivias-org", "--page-size", "1");

    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.err()).isEqualTo("more: --page-token 1\n");
  }

  @Test
  void orgMembers_all_printsEveryPageUnderOneHeading() {
    assertThat(run("org", "members", "olivias-org", "--page-size", "1", "--all").out())
        .isEqualTo(
            """
            ORGANIZATION  USERNAME  ROLE    REVISION  CREATED               UPDATED
            olivias-org   marc      MEMBER  1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z
            olivias-org   olivia    OWNER   1         2026-01-02T03:04:05Z  2026-01-02T03:04:05Z
            """);
  }

  private Run run(String... args) {
    Run run = Run.against(server, args);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }
}
