package accounts.server;

import static accounts.server.TestService.fresh;
import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.CreateUserResponse;
import accounts.v1.Membership;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.UpdateUserResponse;
import accounts.v1.User;
import com.google.common.util.concurrent.ListenableFuture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A mutation repeated with its id returns its first outcome, through whatever instance. */
final class RequestIdTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService one = backends.start();
  @AutoClose private static final TestService two = backends.start();

  private final String id = UUID.randomUUID().toString();

  @Test
  void createUser_repeatedThroughAnotherInstance_returnsTheFirstOutcome() {
    CreateUserRequest request = creating(fresh("user"));

    CreateUserResponse first = one.stub().createUser(request);

    assertThat(two.stub().createUser(request)).isEqualTo(first);
    assertThat(one.stub().createUser(request)).isEqualTo(first);
  }

  @Test
  void createUser_repeatedAfterARestart_returnsTheFirstOutcome() throws Exception {
    CreateUserRequest request = creating(fresh("user"));
    CreateUserResponse first;
    try (TestService before = backends.start()) {
      first = before.stub().createUser(request);
    }
    backends.flushCache();
    try (TestService after = backends.start()) {
      assertThat(after.stub().createUser(request)).isEqualTo(first);
    }
  }

  @Test
  void createUser_idInOtherLetterCase_isTheSameId() {
    CreateUserRequest request = creating(fresh("user"));
    CreateUserResponse first = one.stub().createUser(request);

    assertThat(
            one.stub()
                .createUser(request.toBuilder().setRequestId(id.toUpperCase(Locale.ROOT)).build()))
        .isEqualTo(first);
  }

  @Test
  void createUser_idOfAnotherKindOfRequest_isReused() {
    String username = fresh("user");
    assertThat(one.stub().createUser(creating(username)).hasUser()).isTrue();

    assertThat(Refused.by(() -> two.stub().updateUser(renaming(username, "Ada"))).reason())
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void updateUser_repeatedAfterOthersChangedIt_returnsTheFirstOutcomeAndChangesNothing() {
    String username = one.newUser();
    UpdateUserResponse first = one.stub().updateUser(renaming(username, "Ada"));
    UpdateUserRequest later =
        renaming(username, "Grace").toBuilder().setRequestId(UUID.randomUUID().toString()).build();
    assertThat(one.stub().updateUser(later).getUser().getRevision()).isEqualTo(3);

    assertThat(two.stub().updateUser(renaming(username, "Ada"))).isEqualTo(first);
    assertThat(one.getUser(username).getUser().getFirstName()).isEqualTo("Grace");
  }

  @Test
  void createOrganization_repeated_returnsBothParts() {
    CreateOrganizationRequest request =
        CreateOrganizationRequest.newBuilder()
            .setOrganizationName(fresh("org"))
            .setFoundingUser(one.newUser())
            .setRequestId(id)
            .build();

    assertThat(two.stub().createOrganization(request))
        .isEqualTo(one.stub().createOrganization(request));
  }

  @Test
  void addChangeRemove_repeated_returnTheFirstOutcomes() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String member = one.newUser();
    AddUserToOrganizationRequest add =
        TestService.adding(organization, member, ROLE_MEMBER, owner).toBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .build();
    ChangeMemberRoleRequest change =
        TestService.changing(organization, member, ROLE_ADMIN, owner).toBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .build();
    RemoveUserFromOrganizationRequest remove =
        TestService.removing(organization, member, owner).toBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Membership added = one.stub().addUserToOrganization(add).getMembership();
    Membership changed = one.stub().changeMemberRole(change).getMembership();
    Membership removed = one.stub().removeUserFromOrganization(remove).getMembership();

    assertThat(two.stub().addUserToOrganization(add).getMembership()).isEqualTo(added);
    assertThat(two.stub().changeMemberRole(change).getMembership()).isEqualTo(changed);
    assertThat(two.stub().removeUserFromOrganization(remove).getMembership()).isEqualTo(removed);
    assertThat(Refused.by(() -> one.membership(organization, member)).metadata())
        .containsEntry("revision", "3");
  }

  @Test
  void refusal_repeatedAfterItsCauseIsGone_isTheSameRefusal() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    RemoveUserFromOrganizationRequest request =
        TestService.removing(organization, owner, owner).toBuilder().setRequestId(id).build();
    Refused first = Refused.by(() -> one.stub().removeUserFromOrganization(request));
    assertThat(first.reason()).isEqualTo("LAST_OWNER");
    one.newMember(organization, ROLE_OWNER, owner);

    assertThat(Refused.by(() -> two.stub().removeUserFromOrganization(request))).isEqualTo(first);
  }

  @Test
  void refusals_ofEveryKind_areRepeatedToTheLetter() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String member = one.newMember(organization, ROLE_MEMBER, owner);
    List<AddUserToOrganizationRequest> requests =
        List.of(
            TestService.adding("no-such-" + id, member, ROLE_MEMBER, owner),
            TestService.adding(organization, "nobody", ROLE_MEMBER, owner),
            TestService.adding(organization, owner, ROLE_MEMBER, member),
            TestService.adding(organization, owner, ROLE_MEMBER, "nobody"),
            TestService.adding(organization, member, ROLE_MEMBER, owner));

    Set<String> reasons = new HashSet<>();
    for (AddUserToOrganizationRequest request : requests) {
      AddUserToOrganizationRequest named =
          request.toBuilder().setRequestId(UUID.randomUUID().toString()).build();
      Refused first = Refused.by(() -> one.stub().addUserToOrganization(named));
      reasons.add(first.reason());

      assertThat(Refused.by(() -> two.stub().addUserToOrganization(named))).isEqualTo(first);
    }
    assertThat(reasons)
        .containsExactlyInAnyOrder(
            "ORGANIZATION_NOT_FOUND",
            "USER_NOT_FOUND",
            "ROLE_REQUIRED",
            "MEMBERSHIP_ALREADY_EXISTS");
  }

  @Test
  void revisionMismatch_repeated_isTheSameRefusal() {
    String username = one.newUser();
    UpdateUserRequest request =
        renaming(username, "Ada").toBuilder().setExpectedRevision(2).build();
    Refused first = Refused.by(() -> one.stub().updateUser(request));
    assertThat(
            one.stub()
                .updateUser(renaming(username, "Ada").toBuilder().clearRequestId().build())
                .getUser()
                .getRevision())
        .isEqualTo(2);

    assertThat(Refused.by(() -> two.stub().updateUser(request))).isEqualTo(first);
    assertThat(first.reason()).isEqualTo("REVISION_MISMATCH");
  }

  @Test
  void malformed_repeatedCorrected_isDone() {
    CreateUserRequest request = creating(fresh("user"));
    assertThat(
            Refused.by(() -> one.stub().createUser(request.toBuilder().setUsername("#").build()))
                .reason())
        .isEqualTo("INVALID_FIELD");

    assertThat(one.stub().createUser(request).hasUser()).isTrue();
  }

  @Test
  void updateUser_twentyTimesAtOnceThroughTwoInstances_isDoneOnce() throws Exception {
    String username = one.newUser();
    UpdateUserRequest request = renaming(username, "Ada");
    List<ListenableFuture<UpdateUserResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (TestService service : List.of(one, two)) {
        calls.add(AccountServiceGrpc.newFutureStub(service.channel()).updateUser(request));
      }
    }

    Set<UpdateUserResponse> outcomes = new HashSet<>();
    for (ListenableFuture<UpdateUserResponse> call : calls) {
      outcomes.add(call.get());
    }

    assertThat(outcomes).hasSize(1);
    assertThat(one.getUser(username).getUser().getRevision()).isEqualTo(2);
  }

  private CreateUserRequest creating(String username) {
    return CreateUserRequest.newBuilder()
        .setUsername(username)
        .setFirstName("Olivia")
        .setLastName("Ray")
        .setRequestId(id)
        .build();
  }

  private UpdateUserRequest renaming(String username, String firstName) {
    return UpdateUserRequest.newBuilder()
        .setUser(User.newBuilder().setUsername(username).setFirstName(firstName))
        .setRequestId(id)
        .build();
  }
}
