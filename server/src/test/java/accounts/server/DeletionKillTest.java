package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Membership;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.service.DeletionSweeper;
import accounts.service.Deletions;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.DeletionStore;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.ChangeAction;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListOrganizationMembersResponse;
import accounts.v1.MembershipResult;
import accounts.v1.WatchRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * SIGKILL in the middle of a forced deletion, which goes on by a repetition through another
 * instance, and is finished without one after the last. {@code make deletion-check} does that with
 * more members.
 */
@Timeout(600)
final class DeletionKillTest {

  private static final int MEMBERS_A_COMMIT = 20;
  private static final int COMMITS =
      Integer.getInteger("accounts.deletion.members", 500) / MEMBERS_A_COMMIT;
  private static final int KILLS = Integer.getInteger("accounts.deletion.kills", 1);

  private static final Map<String, String> SETTINGS =
      Map.of("ACCOUNTS_REPAIR", "true", "ACCOUNTS_CONNECTION_AGE", "1h");

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService other = backends.start(SETTINGS, new Sweeping());

  /** Sweeps twice a second. */
  private static final class Sweeping extends TestParts {

    @Override
    DeletionSweeper sweeper(
        DeletionStore store,
        Deletions deletions,
        ScheduledExecutorService timer,
        Runnable finished) {
      return new DeletionSweeper(
          store, deletions, Duration.ofMillis(500), timer, finished, System::nanoTime);
    }
  }

  @Test
  void sigkill_amongTheStepsOfAForcedDeletion_isFinishedByAnotherInstance() {
    String owner = other.newUser();
    String organization = other.newOrganization(owner);
    IntStream.range(0, COMMITS).forEach(i -> addMembers(organization, i));
    Set<String> all =
        results(organization).stream()
            .map(result -> result.getMembership().getUsername())
            .collect(Collectors.toSet());
    assertThat(all).hasSize(COMMITS * MEMBERS_A_COMMIT).doesNotContain("");
    assertThat(results(organization)).as("cached").allMatch(MembershipResult::hasMembership);
    DeleteOrganizationRequest request =
        DeleteOrganizationRequest.newBuilder()
            .setOrganizationName(organization)
            .setForce(true)
            .setRequestId(UUID.randomUUID().toString())
            .build();

    try (Watcher watcher =
        Watcher.open(other, WatchRequest.newBuilder().setOrganizationName(organization).build())) {
      deleteAmidKills(request);
      assertIsGone(organization);
      assertThat(Eventually.get(() -> removed(watcher), names -> names.size() > all.size()))
          .as("the members, and the owner")
          .containsAll(all);
    }
    assertThat(other.stub().deleteOrganization(request).getOrganization().getRevision())
        .isEqualTo(3);
  }

  /** A kill for each part of the members that is gone; all processes are there before. */
  private static void deleteAmidKills(DeleteOrganizationRequest request) {
    Deque<ServerProcess> processes = new ArrayDeque<>();
    try {
      for (int i = 0; i < KILLS; i++) {
        processes.add(ServerProcess.start(backends.environment(SETTINGS)));
      }
      processes.forEach(ServerProcess::awaitReady);
      int members = COMMITS * MEMBERS_A_COMMIT;
      for (int kill = 1; kill <= KILLS; kill++) {
        int left = members - members * kill / (KILLS + 5);
        deleteUntil(request, left, processes.peek());
        processes.remove().close();
      }
    } finally {
      processes.forEach(ServerProcess::close);
    }
  }

  private static void deleteUntil(
      DeleteOrganizationRequest request, int fewer, ServerProcess killed) {
    ManagedChannel channel = TestService.channelTo(killed.awaitReady());
    var unused = AccountServiceGrpc.newFutureStub(channel).deleteOrganization(request);
    int left = Eventually.get(() -> members(request.getOrganizationName()), count -> count < fewer);
    killed.kill();
    channel.shutdownNow();
    assertThat(left).isPositive();
  }

  private static Set<String> removed(Watcher watcher) {
    return watcher.changes().stream()
        .filter(change -> change.getAction() == ChangeAction.CHANGE_ACTION_REMOVED)
        .map(accounts.v1.Change::getUsername)
        .filter(username -> !username.isEmpty())
        .collect(Collectors.toSet());
  }

  private static void assertIsGone(String organization) {
    String reason = Eventually.get(() -> reasonOfAbsence(organization), r -> !r.isEmpty());
    assertThat(reason).isEqualTo("ORGANIZATION_NOT_FOUND");
    assertThat(results(organization)).noneMatch(MembershipResult::hasMembership);
    TableContents contents = TableContents.of(backends);
    assertThat(contents.members()).noneMatch(m -> m.organization().equals(organization));
    assertThat(contents.mirrors()).noneMatch(m -> m.organization().equals(organization));
    assertThat(TableContents.items(backends))
        .noneMatch(item -> String.valueOf(item.get("PK")).contains("DELETIONS"));
  }

  /** Returns why the organization is not found; empty as long as it is. */
  private static String reasonOfAbsence(String organization) {
    try {
      var unused =
          other
              .stub()
              .getOrganization(
                  GetOrganizationRequest.newBuilder().setOrganizationName(organization).build());
      return "";
    } catch (StatusRuntimeException e) {
      return Refused.of(e).reason();
    }
  }

  /** By the table, since a thousand additions by calls would take a minute. */
  private static void addMembers(String organization, int commit) {
    List<Change> additions =
        IntStream.range(0, MEMBERS_A_COMMIT)
            .<Change>mapToObj(
                i -> new Change.Create(member(organization, "m-%d-%d".formatted(commit, i))))
            .toList();
    var unused =
        other
            .store()
            .commit(
                new Commit(additions, Optional.empty(), List.of()),
                CallScope.of(Duration.ofSeconds(20)))
            .join();
  }

  /** Reads all memberships, FRESH. */
  private static List<MembershipResult> results(String organization) {
    return IntStream.range(0, COMMITS)
        .boxed()
        .flatMap(commit ->
            other
                .stub()
                .batchGetMemberships(
                    BatchGetMembershipsRequest.newBuilder()
                        .addAllKeys(keys(organization, commit))
                        .build())
                .getResultsList()
                .stream())
        .toList();
  }

  private static List<accounts.v1.MembershipKey> keys(String organization, int commit) {
    return IntStream.range(0, MEMBERS_A_COMMIT)
        .mapToObj(i ->
            accounts.v1.MembershipKey.newBuilder()
                .setOrganizationName(organization)
                .setUsername("m-%d-%d".formatted(commit, i))
                .build())
        .toList();
  }

  private static Membership member(String organization, String username) {
    return Membership.added(
        new MembershipKey(new OrganizationName(organization), new Username(username)),
        Role.MEMBER,
        Revision.NONE,
        Instant.EPOCH);
  }

  private static int members(String organization) {
    int count = 0;
    String token = "";
    do {
      ListOrganizationMembersResponse page =
          other
              .stub()
              .listOrganizationMembers(
                  ListOrganizationMembersRequest.newBuilder()
                      .setOrganizationName(organization)
                      .setPageSize(1000)
                      .setPageToken(token)
                      .build());
      count += page.getMembershipsCount();
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return count;
  }
}
