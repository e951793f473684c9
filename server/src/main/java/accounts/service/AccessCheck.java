package accounts.service;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.service.AccessDecision.Reason;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The question whether a user has at least a role in an organization, and may use it.
 *
 * @param membership names the user and the organization
 * @param required the least role that is enough
 */
public record AccessCheck(MembershipKey membership, Role required) {

  /** Returns the keys that the answer rests on. */
  Stream<EntityKey<?>> keys() {
    return Stream.of(membership, user());
  }

  /** Returns the key of the user. */
  UserKey user() {
    return new UserKey(membership.username());
  }

  /**
   * Decides. The organization need not be read: nobody can be added to one that does not exist.
   *
   * @param seen with the answers to {@link #keys}
   */
  AccessDecision decide(ReadResults seen) {
    return decide(seen.get(membership).lookup(), seen.get(user()).lookup());
  }

  AccessDecision decide(Lookup<Membership> member, Lookup<User> user) {
    Optional<Role> role = member.toOptional().map(Membership::role);
    return new AccessDecision(
        reason(role, user.toOptional()), role, member.revision(), user.revision());
  }

  private Reason reason(Optional<Role> role, Optional<User> user) {
    if (user.isEmpty()) {
      return Reason.USER_NOT_FOUND;
    }
    if (role.isEmpty()) {
      return Reason.NOT_A_MEMBER;
    }
    if (user.get().deleting()) {
      return Reason.USER_BEING_DELETED;
    }
    if (!user.get().isActive()) {
      return Reason.USER_SUSPENDED;
    }
    return required.sufficient().contains(role.get()) ? Reason.ROLE : Reason.ROLE_TOO_LOW;
  }
}
