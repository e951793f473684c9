package accounts.service;

import accounts.domain.Account;
import accounts.domain.AccountError.Refusal;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Deletion;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first step of a deletion: from then on there are no new memberships. Does nothing if a
 * deletion has begun already, which then goes on.
 *
 * @param deletion what is to be noted of it
 * @param expected the revision that the account must have; {@link Revision#NONE}: any. Not looked
 *     at once the deletion has begun, which has changed it
 * @param obstacle why it cannot be deleted, found before; empty if nothing was found
 * @param isNoteMissing whether no note was found of a deletion that has begun, which is noted anew
 */
record BeginDeletion(
    Deletion deletion, Revision expected, Optional<Refusal> obstacle, boolean isNoteMissing)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return deletion.origin().actingUser();
  }

  @Override
  public boolean isOutcome() {
    return false;
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    Set<EntityKey<?>> keys = new LinkedHashSet<>();
    keys.add(deletion.key());
    actor().ifPresent(user -> keys.add(new UserKey(user)));
    ownership().ifPresent(keys::add);
    return keys;
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    Lookup<? extends Account> account = seen.get(deletion.key());
    if (account.toOptional().isEmpty()) {
      return new Decision.Refuse(NotFound.of(deletion.key(), account.revision()));
    }
    return decide(seen, account.toOptional().get(), now);
  }

  /**
   * Whoever asks for a deletion that is in progress waits for its end: the owner who began it may
   * no longer be a member.
   */
  private Decision decide(Lookups seen, Account account, Instant now) {
    if (account.deleting()) {
      Change kept = new Change.Keep(account);
      return new Decision.Proceed(
          isNoteMissing ? List.of(kept, new Change.NoteDeletion(deletion)) : List.of(kept),
          List.of(account));
    }
    return notAllowed(seen)
        .or(() -> ExpectedRevision.refusal(account.key(), expected, account.revision()))
        .or(() -> obstacle)
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(() -> begun(account.deleting(true, now)));
  }

  private Decision begun(Account account) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Replace(account));
    changes.add(new Change.NoteDeletion(deletion));
    actor().ifPresent(user -> changes.add(new Change.RequireActive(user)));
    ownership()
        .ifPresent(key ->
            changes.add(
                new Change.RequireRole(key.organization(), key.username(), Set.of(Role.OWNER))));
    return new Decision.Proceed(List.copyOf(changes), List.of(account));
  }

  private Optional<Refusal> notAllowed(Lookups seen) {
    return ownership()
        .flatMap(key ->
            Permissions.refusal(seen.get(key), key, Set.of(Role.OWNER))
                .or(() -> ActingUser.refusal(seen, key.username())));
  }

  /** Returns the membership by which the acting user may delete the organization. */
  private Optional<MembershipKey> ownership() {
    AccountKey<?> key = deletion.key();
    return key instanceof OrganizationKey organization
        ? actor().map(user -> new MembershipKey(organization.organization(), user))
        : Optional.empty();
  }
}
