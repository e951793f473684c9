package accounts.service;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Membership;
import accounts.domain.OrganizationName;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.ArrayList;
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
    return joining().readSet();
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    return joining()
        .refusal(seen)
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(() -> added(seen, now));
  }

  private Decision added(Lookups seen, Instant now) {
    Joining joining = joining();
    Membership membership =
        Membership.added(joining.key(), role, seen.get(joining.key()).revision(), now);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Create(membership));
    changes.add(new Change.Require(joining.userKey()));
    changes.addAll(joining.grants());
    changes.add(joining.admits(role));
    return new Decision.Proceed(List.copyOf(changes), List.of(membership));
  }

  private Joining joining() {
    return new Joining(new MembershipKey(organization, member), addingUser, role.managers());
  }
}
