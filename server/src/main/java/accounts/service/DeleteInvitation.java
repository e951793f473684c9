package accounts.service;

import accounts.domain.AccountError.InvitationNotFound;
import accounts.domain.AccountError.MembershipAlreadyExists;
import accounts.domain.AccountError.Refusal;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Invitation;
import accounts.domain.Lookup;
import accounts.domain.Organization;
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
 * Ends an invitation: the invited user declines it, or whoever may revoke its role withdraws it.
 *
 * @param found the invitation that there is, read before, expired or not; empty if there was none
 */
record DeleteInvitation(MembershipKey key, Username actingUser, Optional<Invitation> found)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.of(actingUser);
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return isDeclined()
        ? Keys.distinct(new UserKey(actingUser), key)
        : Keys.distinct(new UserKey(actingUser), organizationKey(), actorsKey(), key);
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    Optional<Invitation> open = found.filter(invitation -> invitation.isOpen(now));
    // A user without permission must not learn who is invited.
    Optional<Refusal> refusal = isDeclined() ? Optional.empty() : forbidden(seen, required(open));
    return refusal
        .or(() -> ActingUser.refusal(seen, actingUser))
        .<Decision>map(Decision.Refuse::new)
        .or(() -> open.map(this::deleted))
        .orElseGet(() -> new Decision.Refuse(nothing(seen)));
  }

  /** Whoever ends what was accepted is told so, and that the membership can be read. */
  private Refusal nothing(Lookups seen) {
    return seen.get(key) instanceof Lookup.Found
        ? new MembershipAlreadyExists(key.organization(), key.username())
        : new InvitationNotFound(key.organization(), key.username());
  }

  private Optional<Refusal> forbidden(Lookups seen, Set<Role> required) {
    return seen.get(organizationKey()) instanceof Lookup.Absent<Organization> absent
        ? Optional.of(NotFound.of(organizationKey(), absent.revision()))
        : Permissions.refusal(seen.get(actorsKey()), actorsKey(), required);
  }

  private static Set<Role> required(Optional<Invitation> open) {
    return open.map(Invitation::role).orElse(Role.MEMBER).managers();
  }

  private Decision deleted(Invitation invitation) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.DropInvitation(invitation));
    changes.add(new Change.RequireActive(actingUser));
    if (!isDeclined()) {
      changes.add(
          new Change.RequireRole(key.organization(), actingUser, invitation.role().managers()));
    }
    return new Decision.Proceed(List.copyOf(changes), List.of(invitation));
  }

  private boolean isDeclined() {
    return actingUser.equals(key.username());
  }

  private OrganizationKey organizationKey() {
    return new OrganizationKey(key.organization());
  }

  private MembershipKey actorsKey() {
    return new MembershipKey(key.organization(), actingUser);
  }
}
