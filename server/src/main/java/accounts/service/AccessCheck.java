package accounts.service;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.Role;
import accounts.domain.Uid;
import accounts.domain.User;
import accounts.service.AccessDecision.Reason;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The question whether a user has at least a role in an organization, and may use it.
 *
 * @param membership names the user and the organization
 * @param required the least role that is enough
 * @param userUid the uid of the user that is meant; empty if it is whoever has the username
 * @param organizationUid the uid of the organization that is meant; empty if it is whichever has
 *     the name
 */
public record AccessCheck(
    MembershipKey membership, Role required, Optional<Uid> userUid, Optional<Uid> organizationUid) {

  /** Returns the check of whoever has the username, in whichever organization has the name. */
  public AccessCheck(MembershipKey membership, Role required) {
    this(membership, required, Optional.empty(), Optional.empty());
  }

  /** Returns this check, of a user with this uid. */
  public AccessCheck ofUser(Optional<Uid> uid) {
    return new AccessCheck(membership, required, uid, organizationUid);
  }

  /** Returns this check, in an organization with this uid. */
  public AccessCheck inOrganization(Optional<Uid> uid) {
    return new AccessCheck(membership, required, userUid, uid);
  }

  /** Returns the keys that the answer rests on. */
  Stream<EntityKey<?>> keys() {
    return Stream.concat(Stream.of(membership), others());
  }

  /** Returns the keys that the answer rests on beside the membership. */
  Stream<EntityKey<?>> others() {
    return organizationUid.isPresent() ? Stream.of(user(), organization()) : Stream.of(user());
  }

  private UserKey user() {
    return new UserKey(membership.username());
  }

  private OrganizationKey organization() {
    return new OrganizationKey(membership.organization());
  }

  /**
   * Decides. The organization need not be read unless a certain one is meant: nobody can be added
   * to one that does not exist.
   *
   * @param seen with the answers to {@link #keys}
   */
  AccessDecision decide(ReadResults seen) {
    Optional<Organization> organization =
        organizationUid.flatMap(uid -> seen.get(organization()).lookup().toOptional());
    return decide(seen.get(membership).lookup(), seen.get(user()).lookup(), organization);
  }

  /**
   * @param organization empty if there is none, or no certain one is meant
   */
  AccessDecision decide(
      Lookup<Membership> member, Lookup<User> user, Optional<Organization> organization) {
    Optional<Role> role = member.toOptional().map(Membership::role);
    return new AccessDecision(
        reason(role, user.toOptional(), organization), role, member.revision(), user.revision());
  }

  private static boolean isOther(Optional<? extends Entity> found, Optional<Uid> meant) {
    return meant.isPresent() && !found.map(Entity::uid).equals(meant);
  }

  private Reason reason(
      Optional<Role> role, Optional<User> user, Optional<Organization> organization) {
    if (user.isEmpty()) {
      return Reason.USER_NOT_FOUND;
    }
    if (isOther(user, userUid)) {
      return Reason.OTHER_USER;
    }
    if (role.isEmpty()) {
      return Reason.NOT_A_MEMBER;
    }
    if (isOther(organization, organizationUid)) {
      return Reason.OTHER_ORGANIZATION;
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
