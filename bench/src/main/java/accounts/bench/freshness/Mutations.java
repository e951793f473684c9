package accounts.bench.freshness;

import static java.nio.charset.StandardCharsets.UTF_8;

import accounts.bench.freshness.Mutation.Change;
import accounts.bench.history.Answer;
import accounts.bench.history.Key;
import accounts.v1.AcceptInvitationRequest;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.InviteUserRequest;
import accounts.v1.Membership;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.ResumeUserRequest;
import accounts.v1.Role;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UndeleteOrganizationRequest;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.UpdateOrganizationRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import java.util.List;
import java.util.UUID;

/** The contract's write calls, one method each. */
final class Mutations {

  private Mutations() {}

  /** Creates a user whose label is its last name, as {@link Answers} expects. */
  static Mutation createUser(Key key, String first, String last) {
    return new Mutation(
        "create " + first + " " + last,
        List.of(first + " " + last),
        List.of(),
        (stub, id) -> {
          var request = CreateUserRequest.newBuilder().setUsername(key.username());
          request.setFirstName(first).setLastName(last).setRequestId(id);
          request.putLabels(Answers.LABEL, Answers.label(last));
          return List.of(change(key, stub.createUser(request.build()).getUser()));
        });
  }

  /** Changes the last name and the label of a user whose first name is User. */
  static Mutation updateUser(Key key, String last) {
    User user = User.newBuilder().setUsername(key.username()).setLastName(last).build();
    return new Mutation(
        "last_name = " + last,
        List.of("User " + last),
        List.of(),
        (stub, id) -> {
          var request = UpdateUserRequest.newBuilder().setUser(user).setRequestId(id);
          request.putSetLabels(Answers.LABEL, Answers.label(last));
          return List.of(change(key, stub.updateUser(request.build()).getUser()));
        });
  }

  /** Suspends a user whose names never change. */
  static Mutation suspend(Key key) {
    return new Mutation(
        "suspend",
        List.of(Answers.SUSPENDED),
        List.of(),
        (stub, id) -> {
          var request = SuspendUserRequest.newBuilder().setUsername(key.username());
          return List.of(change(key, stub.suspendUser(request.setRequestId(id).build()).getUser()));
        });
  }

  /** Resumes a user whose names never change. */
  static Mutation resume(Key key) {
    return new Mutation(
        "resume",
        List.of(Answers.ACTIVE),
        List.of(),
        (stub, id) -> {
          var request = ResumeUserRequest.newBuilder().setUsername(key.username());
          return List.of(change(key, stub.resumeUser(request.setRequestId(id).build()).getUser()));
        });
  }

  /** Creates a user that is suspended and resumed later on. */
  static Mutation createSuspendable(Key key) {
    return new Mutation(
        "create",
        List.of(Answers.ACTIVE),
        List.of(),
        (stub, id) -> {
          var request = CreateUserRequest.newBuilder().setUsername(key.username());
          request.setFirstName("User").setLastName("Suspendable").setRequestId(id);
          return List.of(change(key, stub.createUser(request.build()).getUser()));
        });
  }

  private static Change change(Key key, User user) {
    return new Change(user.getRevision(), Answers.value(key, user));
  }

  /** Changes two entities: the organization, and the founder's membership. */
  static Mutation createOrganization(Key key, Key founder, String displayName) {
    return new Mutation(
        "create " + displayName,
        List.of(displayName + " of " + founder.username(), Role.ROLE_OWNER.name()),
        List.of(Key.user(founder.username())),
        (stub, id) -> {
          var request = CreateOrganizationRequest.newBuilder().setOrganizationName(displayName);
          request.setFoundingUser(founder.username()).setRequestId(id);
          var response = stub.createOrganization(request.build());
          var made = response.getOrganization();
          return List.of(
              new Change(made.getRevision(), Answers.value(key, made)),
              change(founder, response.getFounderMembership()));
        });
  }

  /** Changes the display name of an organization that the owner has founded. */
  static Mutation updateOrganization(Key key, String displayName, String owner) {
    return new Mutation(
        "display_name = " + displayName,
        List.of(displayName + " of " + owner),
        List.of(),
        (stub, id) -> {
          var request = UpdateOrganizationRequest.newBuilder().setDisplayName(displayName);
          request.setOrganizationName(key.organization()).setActingUser(owner).setRequestId(id);
          var changed = stub.updateOrganization(request.build()).getOrganization();
          return List.of(new Change(changed.getRevision(), Answers.value(key, changed)));
        });
  }

  /**
   * Deletes a user whose names are New and a value, and its only membership with it.
   *
   * @param membershipRevision the present one
   */
  static Mutation deleteUser(Key key, long membershipRevision) {
    return new Mutation(
        "delete",
        List.of(Answer.ABSENT, Answer.ABSENT),
        List.of(),
        (stub, id) -> {
          var request = DeleteUserRequest.newBuilder().setUsername(key.username()).setForce(true);
          User deleted = stub.deleteUser(request.setRequestId(id).build()).getUser();
          return List.of(
              new Change(deleted.getRevision(), Answer.ABSENT),
              new Change(membershipRevision + 1, Answer.ABSENT));
        });
  }

  /** Restores a user. */
  static Mutation undeleteUser(Key key) {
    return new Mutation(
        "undelete",
        List.of("as it was"),
        List.of(),
        (stub, id) -> {
          var request = UndeleteUserRequest.newBuilder().setUsername(key.username());
          User restored = stub.undeleteUser(request.setRequestId(id).build()).getUser();
          return List.of(change(key, restored));
        });
  }

  /**
   * Deletes an organization, and the membership of its only member with it.
   *
   * @param membershipRevision the present one
   */
  static Mutation deleteOrganization(Key key, String owner, long membershipRevision) {
    return new Mutation(
        "delete",
        List.of(Answer.ABSENT, Answer.ABSENT),
        List.of(),
        (stub, id) -> {
          var request = DeleteOrganizationRequest.newBuilder();
          request.setOrganizationName(key.organization()).setDeletingUser(owner).setRequestId(id);
          var deleted = stub.deleteOrganization(request.build()).getOrganization();
          return List.of(
              new Change(deleted.getRevision(), Answer.ABSENT),
              new Change(membershipRevision + 1, Answer.ABSENT));
        });
  }

  /** Restores an organization with this owner, the only member. */
  static Mutation undeleteOrganization(Key key, Key ownership) {
    return new Mutation(
        "undelete",
        List.of("as it was", Role.ROLE_OWNER.name()),
        List.of(Key.user(ownership.username())),
        (stub, id) -> {
          var request =
              UndeleteOrganizationRequest.newBuilder().setOrganizationName(key.organization());
          request.setOwner(ownership.username()).setRequestId(id);
          var response = stub.undeleteOrganization(request.build());
          var restored = response.getOrganization();
          return List.of(
              new Change(restored.getRevision(), Answers.value(key, restored)),
              change(ownership, response.getOwnerMembership()));
        });
  }

  static Mutation add(Key key, Role role, String owner) {
    return new Mutation(
        "add as " + role,
        List.of(role.name()),
        List.of(Key.user(key.username()), Key.organization(key.organization())),
        (stub, id) -> {
          var request =
              AddUserToOrganizationRequest.newBuilder().setOrganizationName(key.organization());
          request.setMemberUsername(key.username()).setRole(role);
          request.setAddingUser(owner).setRequestId(id);
          return List.of(change(key, stub.addUserToOrganization(request.build()).getMembership()));
        });
  }

  /**
   * Invites a user, and accepts as that user. The membership begins with the second call alone, and
   * both are repeated under ids of their own.
   */
  static Mutation join(Key key, Role role, String owner) {
    return new Mutation(
        "join as " + role,
        List.of(role.name()),
        List.of(Key.user(key.username()), Key.organization(key.organization())),
        (stub, id) -> {
          var invitation = InviteUserRequest.newBuilder().setOrganizationName(key.organization());
          invitation.setUsername(key.username()).setRole(role).setActingUser(owner);
          invitation.setRequestId(UUID.nameUUIDFromBytes(id.getBytes(UTF_8)).toString());
          var unused = stub.inviteUser(invitation.build());
          var request =
              AcceptInvitationRequest.newBuilder().setOrganizationName(key.organization());
          request.setActingUser(key.username()).setRequestId(id);
          return List.of(change(key, stub.acceptInvitation(request.build()).getMembership()));
        });
  }

  static Mutation changeRole(Key key, Role role, String owner) {
    return new Mutation(
        "role = " + role,
        List.of(role.name()),
        List.of(),
        (stub, id) -> {
          var request =
              ChangeMemberRoleRequest.newBuilder().setOrganizationName(key.organization());
          request.setUsername(key.username()).setRole(role);
          request.setActingUser(owner).setRequestId(id);
          return List.of(change(key, stub.changeMemberRole(request.build()).getMembership()));
        });
  }

  static Mutation remove(Key key, String owner) {
    return new Mutation(
        "remove",
        List.of(Answer.ABSENT),
        List.of(),
        (stub, id) -> {
          var request =
              RemoveUserFromOrganizationRequest.newBuilder()
                  .setOrganizationName(key.organization());
          request.setUsername(key.username()).setActingUser(owner).setRequestId(id);
          Membership removed = stub.removeUserFromOrganization(request.build()).getMembership();
          return List.of(new Change(removed.getRevision(), Answer.ABSENT));
        });
  }

  private static Change change(Key key, Membership membership) {
    return new Change(membership.getRevision(), Answers.value(key, membership));
  }
}
