package accounts.service;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Invitation;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Invites a user, whoever may add it. An invitation that may still be accepted is replaced by who
 * may have made it, too.
 *
 * @param found the invitation that there is, read before, expired or not; empty if there was none
 */
record InviteUser(
    MembershipKey key,
    Role role,
    Username invitingUser,
    Duration lifetime,
    Optional<Invitation> found)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.of(invitingUser);
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return joining(role.managers()).readSet();
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    Joining joining = joining(required(seen, now));
    return joining
        .refusal(seen)
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(() -> invited(joining, seen, now));
  }

  private Set<Role> required(Lookups seen, Instant now) {
    Set<Role> required = new HashSet<>(role.managers());
    found
        .filter(earlier -> earlier.isOpen(now) && isOfNow(earlier, seen))
        .ifPresent(earlier -> required.retainAll(earlier.role().managers()));
    return Set.copyOf(required);
  }

  /**
   * One of an earlier organization or user of the name, or of before a removal, is worth nothing.
   */
  private boolean isOfNow(Invitation earlier, Lookups seen) {
    Optional<Organization> organization =
        seen.get(new OrganizationKey(key.organization())).toOptional();
    Optional<User> user = seen.get(new UserKey(key.username())).toOptional();
    return organization.isPresent()
        && user.isPresent()
        && earlier.isOf(organization.get(), user.get(), seen.get(key).revision());
  }

  /** That the user is no member needs no condition: the invitation holds for this absence alone. */
  private Decision invited(Joining joining, Lookups seen, Instant now) {
    Organization organization = seen.get(joining.organizationKey()).toOptional().orElseThrow();
    User user = seen.get(joining.userKey()).toOptional().orElseThrow();
    Membership inviter = seen.get(joining.grantingKey()).toOptional().orElseThrow();
    Invitation invitation =
        Invitation.made(organization, user, seen.get(key).revision(), role, inviter, now, lifetime);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutInvitation(invitation, found));
    changes.add(new Change.Require(joining.userKey()));
    changes.addAll(joining.grants());
    changes.add(new Change.Require(joining.organizationKey()));
    return new Decision.Proceed(List.copyOf(changes), List.of(invitation));
  }

  private Joining joining(Set<Role> required) {
    return new Joining(key, invitingUser, required);
  }
}
