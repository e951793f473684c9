package accounts.service;

import accounts.domain.AccountError.MembershipNotFound;
import accounts.domain.AccountError.Refusal;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The common part of changing and removing a membership: the member, the acting user, the expected
 * revision.
 *
 * @param expected the revision that the membership must have; {@link Revision#NONE}: any
 */
record MemberChange(
    OrganizationName organization, Username member, Username actingUser, Revision expected) {

  Set<EntityKey<?>> readSet() {
    return Keys.distinct(
        new OrganizationKey(organization), new UserKey(actingUser), actorsKey(), membersKey());
  }

  /**
   * Refuses what the rules forbid; otherwise continues with the current membership.
   *
   * @param required the roles that may do this, given the member's current role
   */
  Decision decide(
      Lookups seen, Function<Role, Set<Role>> required, Function<Membership, Decision> proceed) {
    // A user without permission must not learn who is a member.
    return checked(seen, member -> forbidden(seen, required, member), proceed);
  }

  /** As {@link #decide(Lookups, Function, Function)}, without asking for the acting user's role. */
  Decision decide(Lookups seen, Function<Membership, Decision> proceed) {
    return checked(seen, member -> Optional.empty(), proceed);
  }

  private Decision checked(
      Lookups seen,
      Function<Lookup<Membership>, Optional<Refusal>> forbidden,
      Function<Membership, Decision> proceed) {
    OrganizationKey key = new OrganizationKey(organization);
    if (seen.get(key) instanceof Lookup.Absent<Organization> absent) {
      return new Decision.Refuse(NotFound.of(key, absent.revision()));
    }
    Lookup<Membership> member = seen.get(membersKey());
    return forbidden
        .apply(member)
        .or(() -> ActingUser.suspension(seen, actingUser))
        .or(() -> EndOfAccount.refusal(seen, key))
        .or(() -> refusal(member))
        .or(() -> ActingUser.refusal(seen, actingUser))
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(() -> proceed.apply(member.toOptional().orElseThrow()));
  }

  private Optional<Refusal> forbidden(
      Lookups seen, Function<Role, Set<Role>> required, Lookup<Membership> member) {
    Set<Role> roles = required.apply(member.toOptional().map(Membership::role).orElse(Role.MEMBER));
    return Permissions.refusal(seen.get(actorsKey()), actorsKey(), roles);
  }

  private Optional<Refusal> refusal(Lookup<Membership> member) {
    if (member instanceof Lookup.Absent) {
      return Optional.of(new MembershipNotFound(organization, this.member, member.revision()));
    }
    return ExpectedRevision.refusal(membersKey(), expected, member.revision());
  }

  /** Returns whether the acting user acts on itself. */
  boolean isOnItself() {
    return actingUser.equals(member);
  }

  /**
   * Returns the change together with the conditions it depends on.
   *
   * @param before the current role
   * @param after the new role; empty if the membership is removed
   */
  List<Change> guarded(Change change, Role before, Optional<Role> after, Set<Role> required) {
    List<Change> changes = new ArrayList<>();
    changes.add(change);
    changes.add(new Change.RequireActive(actingUser));
    // Who acts on itself is guarded by the revision: its role cannot change without it.
    if (!isOnItself()) {
      changes.add(new Change.RequireRole(organization, actingUser, required));
    }
    boolean ownsAfter = after.equals(Optional.of(Role.OWNER));
    if (before == Role.OWNER && !ownsAfter) {
      changes.add(new Change.DropOwner(organization, member));
    } else if (before != Role.OWNER && ownsAfter) {
      changes.add(new Change.AddOwner(organization));
    }
    return List.copyOf(changes);
  }

  private MembershipKey actorsKey() {
    return new MembershipKey(organization, actingUser);
  }

  private MembershipKey membersKey() {
    return new MembershipKey(organization, member);
  }
}
