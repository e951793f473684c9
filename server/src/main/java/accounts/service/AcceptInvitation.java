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
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes an invited user a member, as that user, if whoever invited it may still add it.
 *
 * @param found the invitation that there is, read before, expired or not; empty if there was none
 */
record AcceptInvitation(MembershipKey key, Optional<Invitation> found) implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.of(key.username());
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return found
        .map(invitation -> joining(invitation).readSet())
        .orElseGet(() -> Keys.distinct(organizationKey(), userKey(), key));
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    if (seen.get(organizationKey()) instanceof Lookup.Absent<Organization> absent) {
      return new Decision.Refuse(NotFound.of(organizationKey(), absent.revision()));
    }
    return ActingUser.refusal(seen, key.username())
        .or(() -> memberAlready(seen))
        .<Decision>map(Decision.Refuse::new)
        .or(() ->
            found
                .filter(invitation -> invitation.isOpen(now))
                .map(invitation -> decide(invitation, seen, now)))
        .orElseGet(() -> new Decision.Refuse(notFound()));
  }

  /** Whoever accepted before is told so, and not that there is no invitation. */
  private Optional<Refusal> memberAlready(Lookups seen) {
    return seen.get(key) instanceof Lookup.Found
        ? Optional.of(new MembershipAlreadyExists(key.organization(), key.username()))
        : Optional.empty();
  }

  private Decision decide(Invitation invitation, Lookups seen, Instant now) {
    return refusal(invitation, seen)
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(() -> accepted(invitation, seen, now));
  }

  private Optional<Refusal> refusal(Invitation invitation, Lookups seen) {
    return EndOfAccount.refusal(seen, organizationKey())
        .or(() ->
            joining(invitation).refusal(seen).isEmpty() && isOfNow(invitation, seen)
                ? Optional.empty()
                : Optional.of(notFound()));
  }

  private boolean isOfNow(Invitation invitation, Lookups seen) {
    Organization organization = seen.get(organizationKey()).toOptional().orElseThrow();
    User user = seen.get(userKey()).toOptional().orElseThrow();
    return invitation.isOf(organization, user, seen.get(key).revision())
        && invitation.isBy(inviter(invitation, seen));
  }

  private Membership inviter(Invitation invitation, Lookups seen) {
    return seen.get(joining(invitation).grantingKey()).toOptional().orElseThrow();
  }

  /**
   * The membership's own condition is on the revision that the invitation is bound to, the
   * inviter's on the one that was seen: an inviter that was removed and added again is another one.
   */
  private Decision accepted(Invitation invitation, Lookups seen, Instant now) {
    Joining joining = joining(invitation);
    Membership membership = Membership.added(key, invitation.role(), seen.get(key).revision(), now);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Create(membership));
    changes.add(new Change.DropInvitation(invitation));
    changes.add(new Change.RequireActive(key.username()));
    changes.add(new Change.RequireActive(invitation.invitingUser()));
    changes.add(new Change.Keep(inviter(invitation, seen)));
    changes.add(joining.admits(invitation.role()));
    return new Decision.Proceed(List.copyOf(changes), List.of(membership));
  }

  private Refusal notFound() {
    return new InvitationNotFound(key.organization(), key.username());
  }

  private Joining joining(Invitation invitation) {
    return new Joining(key, invitation.invitingUser(), invitation.role().managers());
  }

  private OrganizationKey organizationKey() {
    return new OrganizationKey(key.organization());
  }

  private UserKey userKey() {
    return new UserKey(key.username());
  }
}
