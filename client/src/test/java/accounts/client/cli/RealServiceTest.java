package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.AccountsClient;
import accounts.client.AccountsException;
import accounts.client.BlockingAccountsClient;
import accounts.client.Change;
import accounts.client.Deadline;
import accounts.client.Organization;
import accounts.client.OrganizationReplica;
import accounts.client.ReplicaListener;
import accounts.client.ReplicaState;
import accounts.client.Role;
import accounts.client.Watch;
import accounts.client.WatchListener;
import accounts.client.WatchUpdate;
import accounts.client.real.RealServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tutorial and an export with the command, and keeps a replica, of the real service. */
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

  @Test
  void replica_changesOfAnOrganization_followsThem() throws InterruptedException {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    Deadline deadline = Deadline.after(Duration.ofSeconds(20));
    try (AccountsClient client = AccountsClient.builder(server.address()).build()) {
      BlockingAccountsClient accounts = client.blocking();
      accounts.createUser("liam", "Liam", "Day", deadline);
      accounts.createUser("mia", "Mia", "Day", deadline);
      accounts.createOrganization("Days", "liam", deadline);
      OrganizationReplica replica =
          client.replicateOrganization(
              "Days",
              new ReplicaListener() {
                @Override
                public void memberChanged(String username, Optional<Role> role) {
                  events.add(username + " " + role.map(Role::name).orElse("-"));
                }

                @Override
                public void organizationChanged(Optional<Organization> now) {
                  events.add(now.map(Organization::displayName).orElse("-"));
                }
              });
      assertThat(replica.whenLoaded().orTimeout(30, TimeUnit.SECONDS).join().role("liam"))
          .contains(Role.OWNER);

      accounts.addUserToOrganization("Days", "mia", Role.MEMBER, "liam", deadline);
      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("mia MEMBER");
      accounts.changeMemberRole("Days", "mia", Role.ADMIN, "liam", deadline);
      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("mia ADMIN");
      accounts.updateOrganization("Days", "The Days", "liam", deadline);
      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("The Days");
      accounts.removeUserFromOrganization("Days", "mia", "liam", deadline);
      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("mia -");
      assertThat(replica.members()).hasSize(1);
      assertThat(replica.state()).isEqualTo(ReplicaState.LIVE);
    }
  }

  @Test
  void export_changedSince_isWhatAWatchFromItsTokenShows(@TempDir Path folder)
      throws InterruptedException {
    Run export = run("export", folder.resolve("all.jsonl").toString(), "--json");
    assertThat(export.exitCode()).isZero();
    String token = export.out().replaceFirst("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    assertThat(run("user", "create", "since", "Si", "Nce").exitCode()).isZero();
    BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    try (AccountsClient client = AccountsClient.builder(server.address()).build()) {
      Watch watch =
          client.watchEverything(
              token,
              new WatchListener() {
                @Override
                public void received(WatchUpdate update) {
                  changes.addAll(update.changes());
                }

                @Override
                public void ended(AccountsException failure) {}
              });
      try (watch) {
        Change change = changes.poll(30, TimeUnit.SECONDS);
        while (change != null && !change.username().equals(Optional.of("since"))) {
          change = changes.poll(30, TimeUnit.SECONDS); // one from shortly before
        }
        assertThat(change).isNotNull();
      }
    }
  }
}
