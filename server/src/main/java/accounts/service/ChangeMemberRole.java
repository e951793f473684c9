package accounts.service;

import accounts.domain.EntityKey;
import accounts.domain.Membership;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes a member's role. The acting user must be allowed to revoke the current role and to grant
 * the new one.
 *
 * @param expected the revision that the membership must have; {@link Revision#NONE}: any
 */
public record ChangeMemberRole(
    OrganizationName organization,
    Username member,
    Role role,
    Username actingUser,
    Revision expected)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.of(actingUser);
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return change().readSet();
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    return change().decide(seen, this::required, membership -> proceed(membership, now));
  }

  private Set<Role> required(Role present) {
    Set<Role> required = new HashSet<>(present.managers());
    required.retainAll(role.managers());
    return Set.copyOf(required);
  }

  private Decision proceed(Membership before, Instant now) {
    Membership after = before.role() == role ? before : before.withRole(role, now);
    Change change = before.role() == role ? new Change.Keep(before) : new Change.Replace(after);
    return new Decision.Proceed(
        change().guarded(change, before.role(), Optional.of(role), required(before.role())),
        List.of(after));
  }

  private MemberChange change() {
    return new MemberChange(organization, member, actingUser, expected);
  }
}
