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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ends a membership. The acting user must be allowed to revoke the member's role, or leaves itself.
 *
 * @param expected the revision that the membership must have; {@link Revision#NONE}: any
 */
public record RemoveUserFromOrganization(
    OrganizationName organization, Username member, Username actingUser, Revision expected)
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
    return change().isOnItself()
        ? change().decide(seen, membership -> proceed(membership, now))
        : change().decide(seen, Role::managers, membership -> proceed(membership, now));
  }

  private Decision proceed(Membership before, Instant now) {
    Membership removed = before.removed(now);
    return new Decision.Proceed(
        change()
            .guarded(
                new Change.Remove(removed),
                before.role(),
                Optional.empty(),
                before.role().managers()),
        List.of(removed));
  }

  private MemberChange change() {
    return new MemberChange(organization, member, actingUser, expected);
  }
}
