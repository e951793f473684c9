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
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.UpdateOrganizationRequest;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the tutorial, an import and an export with the command, and keeps a replica, of the real
 * service.
 */
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

  /** The importer refuses by the contract's rules, and has the service's words for them. */
  @Test
  void import_fieldsThatBreakTheRules_areDescribedAsByTheService() {
    areDescribedAlike(
        "user",
        AccountServiceGrpc.getCreateUserMethod(),
        CreateUserRequest.newBuilder()
            .setUsername("?" + "x".repeat(99))
            .setLastName(" \n")
            .putLabels("A", "b")
            .build());
    areDescribedAlike(
        "organization",
        AccountServiceGrpc.getCreateOrganizationMethod(),
        CreateOrganizationRequest.newBuilder()
            .putLabels("plan", "very good")
            .putLabels("B", "c")
            .build());
    areDescribedAlike(
        "membership",
        AccountServiceGrpc.getAddUserToOrganizationMethod(),
        AddUserToOrganizationRequest.newBuilder().setRoleValue(7).build());
    areDescribedAlike(
        "membership",
        AccountServiceGrpc.getAddUserToOrganizationMethod(),
        AddUserToOrganizationRequest.getDefaultInstance());
    areDescribedAlike(
        "display_name",
        AccountServiceGrpc.getUpdateOrganizationMethod(),
        UpdateOrganizationRequest.newBuilder().setExpectedRevision(-1).build());
    areDescribedAlike(
        "display_name",
        AccountServiceGrpc.getUpdateOrganizationMethod(),
        UpdateOrganizationRequest.newBuilder()
            .setDisplayName("a ")
            .putAllSetLabels(labels(33))
            .addRemoveLabels("a")
            .addRemoveLabels("B")
            .build());
    areDescribedAlike(
        "display_name",
        AccountServiceGrpc.getUpdateOrganizationMethod(),
        UpdateOrganizationRequest.newBuilder().addAllRemoveLabels(labels(33).keySet()).build());
  }

  private static Map<String, String> labels(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "a" + i, i -> ""));
  }

  private static <Q extends Message> void areDescribedAlike(
      String member, MethodDescriptor<Q, ? extends Message> method, Q request) {
    Line line = new Line(new FileMark(1, 0, ""), ImportLine.text(member, request), "");
    assertThat(new ImportParser(new UUID(0, 0)).parse(line))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.fields())
                    .containsExactlyInAnyOrderElementsOf(refusedByTheService(method, request)));
  }

  private static <Q extends Message> List<Refusal.Field> refusedByTheService(
      MethodDescriptor<Q, ? extends Message> method, Q request) {
    Optional<Deadline> deadline = Optional.of(Deadline.after(Duration.ofSeconds(20)));
    try (AccountsClient client = AccountsClient.builder(server.address()).build()) {
      return client
          .call(method, request, deadline)
          .handle((made, e) -> Refusal.of(1, (AccountsException) e).fields())
          .join();
    }
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
