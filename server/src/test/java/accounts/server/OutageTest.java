package accounts.server;

import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.MembershipKey;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The cache goes away: it costs latency, never an error and never a wrong answer. */
@Timeout(120)
final class OutageTest {

  @AutoClose private final TestBackends backends = new TestBackends();

  @AutoClose
  private final TestService service = backends.start(Map.of("ACCOUNTS_CACHE_TIMEOUT", "200ms"));

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void cacheStopped_everyRpc_answersCorrectly() {
    backends.cache().stop();

    everyRpcAnswers();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void cacheSilent_everyRpc_answersCorrectly() {
    assertThat(backends.cache().faults().add(Rule.of(Fault.DROP))).isPositive();

    everyRpcAnswers();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void cacheErring_everyRpc_answersCorrectly() {
    assertThat(backends.cache().faults().add(Rule.of(Fault.ERROR))).isPositive();

    everyRpcAnswers();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void cacheMissing_everyRpc_answersCorrectly() {
    try (TestBackends own = new TestBackends();
        TestService other = own.start(Map.of("ACCOUNTS_CACHE", "no-such-cache"))) {
      String username = other.newUser();

      assertThat(other.getUser(username).getSource()).isEqualTo(Source.SOURCE_STORE);
    }
  }

  /** With nobody to leave a notice for, a write raises epochs and waits until leases lapse. */
  @Test
  void cacheStopped_eachWrite_isAcknowledgedWithinSeconds() {
    String username = service.newUser();
    backends.cache().stop();

    for (int i = 0; i < 5; i++) {
      long began = System.nanoTime();
      var unused = renamed(username);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
    }
  }

  private User renamed(String username) {
    return service
        .stub()
        .updateUser(
            UpdateUserRequest.newBuilder()
                .setUser(User.newBuilder().setUsername(username).setFirstName("Ada"))
                .build())
        .getUser();
  }

  private void everyRpcAnswers() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    User renamed = renamed(owner);

    assertThat(service.getUser(owner).getUser()).isEqualTo(renamed);
    assertThat(service.getUser(owner).getSource()).isEqualTo(Source.SOURCE_STORE);
    assertThat(
            service
                .stub()
                .batchGetUsers(
                    BatchGetUsersRequest.newBuilder()
                        .addUsernames(owner)
                        .addUsernames("nobody")
                        .build())
                .getResults(0)
                .getUser())
        .isEqualTo(renamed);
    assertThat(
            service
                .stub()
                .getOrganization(
                    GetOrganizationRequest.newBuilder().setOrganizationName(organization).build())
                .getOrganization()
                .getFoundingUser())
        .isEqualTo(owner);
    assertThat(service.change(organization, member, ROLE_ADMIN, owner).getRevision()).isEqualTo(2);
    assertThat(
            service
                .stub()
                .getMembership(
                    GetMembershipRequest.newBuilder()
                        .setOrganizationName(organization)
                        .setUsername(member)
                        .build())
                .getMembership()
                .getRole())
        .isEqualTo(ROLE_ADMIN);
    assertThat(
            service
                .stub()
                .batchGetMemberships(
                    BatchGetMembershipsRequest.newBuilder()
                        .addKeys(
                            MembershipKey.newBuilder()
                                .setOrganizationName(organization)
                                .setUsername(member))
                        .build())
                .getResults(0)
                .getMembership()
                .getRevision())
        .isEqualTo(2);
    assertThat(members(organization)).isEqualTo(2);
    assertThat(service.remove(organization, member, owner).getRevision()).isEqualTo(3);
    assertThat(members(organization)).isEqualTo(1);
    assertThat(
            service
                .stub()
                .listUserMemberships(
                    ListUserMembershipsRequest.newBuilder().setUsername(member).build())
                .getMembershipsCount())
        .isZero();
    assertThat(Refused.by(() -> service.getUser("nobody")).reason()).isEqualTo("USER_NOT_FOUND");
  }

  private int members(String organization) {
    return service
        .stub()
        .listOrganizationMembers(
            ListOrganizationMembersRequest.newBuilder().setOrganizationName(organization).build())
        .getMembershipsCount();
  }

  @Test
  void cacheBack_reads_hitItAgainWithoutARestart() {
    String username = service.newUser();
    backends.cache().stop();
    assertThat(service.getUser(username).getSource()).isEqualTo(Source.SOURCE_STORE);

    backends.cache().restart();

    assertThat(awaitHit(username).getUser().getUsername()).isEqualTo(username);
  }

  @Test
  void cacheBackAfterChangesMeanwhile_reads_seeTheChanges() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    backends.cache().stop();
    assertThat(service.remove(organization, member, owner).getRevision()).isEqualTo(2);
    backends.cache().restart();
    assertThat(awaitHit(owner).hasUser()).isTrue();

    assertThat(
            Refused.by(() ->
                    service
                        .stub()
                        .getMembership(
                            GetMembershipRequest.newBuilder()
                                .setOrganizationName(organization)
                                .setUsername(member)
                                .build()))
                .metadata())
        .containsEntry("revision", "2");
  }

  /** Asks until the cache answers. */
  private GetUserResponse awaitHit(String username) {
    return Eventually.get(
        () -> service.getUser(username), answer -> answer.getSource() == Source.SOURCE_CACHE);
  }
}
