package accounts.service;

import accounts.domain.AccountError.MembershipAlreadyExists;
import accounts.domain.AccountError.Refusal;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.OrganizationName;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds a user to an organization.
 *
 * @param addingUser the acting user, who must be allowed to grant the role
 */
public record AddUserToOrganization(
    OrganizationName organization, Username member, Role role, Username addingUser)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.of(addingUser);
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    // Not Set.of: a user that adds itself gives the same key twice.
    return Keys.distinct(
        new OrganizationKey(organization),
        new UserKey(member),
        new UserKey(addingUser),
        addersKey(),
        membersKey());
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    Optional<Refusal> refusal = refusal(seen);
    if (refusal.isPresent()) {
      return new Decision.Refuse(refusal.get());
    }
    Membership membership =
        Membership.added(membersKey(), role, seen.get(membersKey()).revision(), now);
    return new Decision.Proceed(
        List.of(
            new Change.Create(membership),
            new Change.Require(new UserKey(member)),
            new Change.RequireActive(addingUser),
            new Change.RequireRole(organization, addingUser, role.managers()),
            role == Role.OWNER
                ? new Change.AddOwner(organization)
                : new Change.Require(new OrganizationKey(organization))),
        List.of(membership));
  }

  private Optional<Refusal> refusal(Lookups seen) {
    OrganizationKey key = new OrganizationKey(organization);
    if (seen.get(key) instanceof Lookup.Absent<Organization> absent) {
      return Optional.of(NotFound.of(key, absent.revision()));
    }
    return Permissions.refusal(seen.get(addersKey()), addersKey(), role.managers())
        .or(() -> ActingUser.suspension(seen, addingUser))
        .or(() -> EndOfAccount.refusal(seen, key))
        .or(() -> membersRefusal(seen))
        .or(() -> ActingUser.refusal(seen, addingUser));
  }

  private Optional<Refusal> membersRefusal(Lookups seen) {
    UserKey key = new UserKey(member);
    if (seen.get(key) instanceof Lookup.Absent<User> absent) {
      return Optional.of(NotFound.of(key, absent.revision()));
    }
    return seen.get(membersKey()) instanceof Lookup.Found
        ? Optional.of(new MembershipAlreadyExists(organization, member))
        : EndOfAccount.refusal(seen, key);
  }

  private MembershipKey addersKey() {
    return new MembershipKey(organization, addingUser);
  }

  private MembershipKey membersKey() {
    return new MembershipKey(organization, member);
  }
}
