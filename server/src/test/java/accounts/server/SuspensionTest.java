package accounts.server;

import static accounts.v1.AccessReason.ACCESS_REASON_ROLE;
import static accounts.v1.AccessReason.ACCESS_REASON_USER_SUSPENDED;
import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.UserState.USER_STATE_ACTIVE;
import static accounts.v1.UserState.USER_STATE_SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AuditEntry;
import accounts.v1.CheckAccessRequest;
import accounts.v1.CheckAccessResponse;
import accounts.v1.ListChangesRequest;
import accounts.v1.ResumeUserRequest;
import accounts.v1.Source;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Suspending and resuming users, from a caller's side, through several instances. */
@Timeout(120)
final class SuspensionTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();
  @AutoClose private static final TestService other = backends.start();

  private final String owner = service.newUser();
  private final String organization = service.newOrganization(owner);
  private final String admin = service.newMember(organization, ROLE_ADMIN, owner);

  @Test
  void suspendUser_active_isTheNextRevisionAndReadAsSuspended() {
    User before = service.getUser(admin).getUser();

    User suspended = suspend(admin);

    assertThat(before.getState()).isEqualTo(USER_STATE_ACTIVE);
    assertThat(suspended.getState()).isEqualTo(USER_STATE_SUSPENDED);
    assertThat(suspended.getRevision()).isEqualTo(2);
    assertThat(other.getUser(admin).getUser()).isEqualTo(suspended);
  }

  @Test
  void suspendUser_memberWhoseAccessIsCached_isRefusedThroughEveryInstanceAtOnce() {
    for (int i = 0; i < 5; i++) {
      awaitCached(service, admin);
      awaitCached(other, admin);

      suspend(admin);

      assertThat(List.of(service, other))
          .allSatisfy(instance -> {
            CheckAccessResponse answer = check(instance, admin);
            assertThat(answer.getAllowed()).isFalse();
            assertThat(answer.getReason()).isEqualTo(ACCESS_REASON_USER_SUSPENDED);
            assertThat(answer.getRole()).isEqualTo(ROLE_ADMIN);
          });
      resume(admin);
      assertThat(List.of(service, other))
          .allSatisfy(instance ->
              assertThat(check(instance, admin).getReason()).isEqualTo(ACCESS_REASON_ROLE));
    }
  }

  @Test
  void suspendedUser_acting_isRefusedWhateverItsRole() {
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    String stranger = service.newUser();
    suspend(owner);

    assertSuspended(() -> service.add(organization, stranger, ROLE_MEMBER, owner));
    assertSuspended(() -> service.change(organization, member, ROLE_ADMIN, owner));
    assertSuspended(() -> service.remove(organization, member, owner));
    assertSuspended(() -> service.createOrganization(TestService.fresh("org"), owner));
    resume(owner);
    assertThat(service.remove(organization, member, owner).getRevision()).isEqualTo(2);
  }

  private void assertSuspended(Runnable call) {
    Refused refused = Refused.by(call::run);

    assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused.reason()).isEqualTo("USER_SUSPENDED");
    assertThat(refused.metadata()).containsExactly(Map.entry("username", owner));
  }

  @Test
  void suspendedUser_asMember_canBeChangedAndRemovedByOthers() {
    suspend(admin);

    assertThat(service.change(organization, admin, ROLE_MEMBER, owner).getRevision()).isEqualTo(2);
    assertThat(service.remove(organization, admin, owner).getRevision()).isEqualTo(3);
  }

  @Test
  void updateUser_suspended_keepsTheState() {
    suspend(admin);

    User renamed =
        service
            .stub()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setUser(
                        User.newBuilder()
                            .setUsername(admin)
                            .setFirstName("New")
                            .setState(USER_STATE_ACTIVE))
                    .build())
            .getUser();

    assertThat(renamed.getState()).isEqualTo(USER_STATE_SUSPENDED);
    assertThat(renamed.getRevision()).isEqualTo(3);
  }

  @Test
  void suspendUser_twice_keepsTheRevision() {
    assertThat(suspend(admin).getRevision()).isEqualTo(2);
    assertThat(suspend(admin).getRevision()).isEqualTo(2);
    assertThat(resume(admin).getRevision()).isEqualTo(3);
    assertThat(resume(admin).getRevision()).isEqualTo(3);
  }

  @Test
  void suspendUser_requestRepeatedAfterItWasResumed_isTheFirstOutcome() {
    SuspendUserRequest request =
        SuspendUserRequest.newBuilder()
            .setUsername(admin)
            .setRequestId(UUID.randomUUID().toString())
            .build();
    User first = service.stub().suspendUser(request).getUser();
    resume(admin);

    assertThat(other.stub().suspendUser(request).getUser()).isEqualTo(first);
    assertThat(service.getUser(admin).getUser().getState()).isEqualTo(USER_STATE_ACTIVE);
  }

  @Test
  void suspendUser_otherRevision_isRefused() {
    SuspendUserRequest request =
        SuspendUserRequest.newBuilder().setUsername(admin).setExpectedRevision(7).build();

    assertThat(Refused.by(() -> service.stub().suspendUser(request)).reason())
        .isEqualTo("REVISION_MISMATCH");
  }

  @Test
  void suspendUser_nobody_isNotFound() {
    assertThat(Refused.by(() -> suspend("nobody")).reason()).isEqualTo("USER_NOT_FOUND");
    assertThat(Refused.by(() -> resume("nobody")).reason()).isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void listChanges_suspendedAndResumed_hasBothStates() {
    suspend(owner);
    resume(owner);

    assertThat(
            service
                .stub()
                .listChanges(ListChangesRequest.newBuilder().setUsername(owner).build())
                .getChangesList())
        .filteredOn(entry -> entry.getChangedFieldsList().contains("state"))
        .extracting(AuditEntry::getToRevision, AuditEntry::getStateAfter, AuditEntry::getActingUser)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, USER_STATE_SUSPENDED, ""),
            org.assertj.core.groups.Tuple.tuple(3L, USER_STATE_ACTIVE, ""));
  }

  private void awaitCached(TestService instance, String member) {
    var unused =
        Eventually.get(
            () -> check(instance, member), answer -> answer.getSource() == Source.SOURCE_CACHE);
  }

  private CheckAccessResponse check(TestService instance, String member) {
    return instance
        .stub()
        .checkAccess(
            CheckAccessRequest.newBuilder()
                .setOrganizationName(organization)
                .setUsername(member)
                .setRequiredRole(ROLE_MEMBER)
                .build());
  }

  private static User suspend(String username) {
    return service
        .stub()
        .suspendUser(SuspendUserRequest.newBuilder().setUsername(username).build())
        .getUser();
  }

  private static User resume(String username) {
    return service
        .stub()
        .resumeUser(ResumeUserRequest.newBuilder().setUsername(username).build())
        .getUser();
  }
}
