package accounts.service;

import accounts.domain.AccountError.MembershipAlreadyExists;
import accounts.domain.AccountError.Refusal;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Organization;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rule for who may make whom a member: by adding it, or by an invitation.
 *
 * @param key of the membership that is to be, of which there must be none
 * @param grantingUser the acting user, who must be active and have one of the roles
 */
record Joining(MembershipKey key, Username grantingUser, Set<Role> required) {

  Set<EntityKey<?>> readSet() {
    // Not Set.of: a user that adds itself gives the same key twice.
    return Keys.distinct(
        organizationKey(), userKey(), new UserKey(grantingUser), grantingKey(), key);
  }

  /**
   * Returns why it is refused; empty if it is not.
   *
   * @param seen with the answers to the read set
   */
  Optional<Refusal> refusal(Lookups seen) {
    if (seen.get(organizationKey()) instanceof Lookup.Absent<Organization> absent) {
      return Optional.of(NotFound.of(organizationKey(), absent.revision()));
    }
    return Permissions.refusal(seen.get(grantingKey()), grantingKey(), required)
        .or(() -> ActingUser.suspension(seen, grantingUser))
        .or(() -> EndOfAccount.refusal(seen, organizationKey()))
        .or(() -> membersRefusal(seen))
        .or(() -> ActingUser.refusal(seen, grantingUser));
  }

  private Optional<Refusal> membersRefusal(Lookups seen) {
    if (seen.get(userKey()) instanceof Lookup.Absent<User> absent) {
      return Optional.of(NotFound.of(userKey(), absent.revision()));
    }
    return seen.get(key) instanceof Lookup.Found
        ? Optional.of(new MembershipAlreadyExists(key.organization(), key.username()))
        : EndOfAccount.refusal(seen, userKey());
  }

  /** Returns the conditions about the acting user. */
  List<Change> grants() {
    return List.of(
        new Change.RequireActive(grantingUser),
        new Change.RequireRole(key.organization(), grantingUser, required));
  }

  /** Returns the condition about the organization that gets a member, and what it changes of it. */
  Change admits(Role role) {
    return role == Role.OWNER
        ? new Change.AddOwner(key.organization())
        : new Change.Require(organizationKey());
  }

  OrganizationKey organizationKey() {
    return new OrganizationKey(key.organization());
  }

  UserKey userKey() {
    return new UserKey(key.username());
  }

  MembershipKey grantingKey() {
    return new MembershipKey(key.organization(), grantingUser);
  }
}
