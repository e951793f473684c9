package accounts.service;

import accounts.domain.Account;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import accounts.store.OpenDeletion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a deletion: removes some memberships of what is deleted. Refused if its deletion is no
 * longer in progress, or if a user is the last owner of one of the organizations.
 *
 * @param deletion as the step before has left it
 * @param members those of its memberships that are removed, if they are still there
 */
record RemoveMemberships(OpenDeletion deletion, List<MembershipKey> members) implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.empty();
  }

  /** So it is decided from a snapshot: who is absent in the cache alone would stay a member. */
  @Override
  public boolean isOutcome() {
    return false;
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    Set<EntityKey<?>> keys = new LinkedHashSet<>(members);
    keys.add(deletion.key());
    return keys;
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    Lookup<? extends Account> answer = seen.get(deletion.key());
    Optional<? extends Account> account = answer.toOptional().filter(Account::deleting);
    if (account.isEmpty()) {
      return new Decision.Refuse(NotFound.of(deletion.key(), answer.revision()));
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Keep(account.get()));
    changes.add(new Change.NoteProgress(deletion, members));
    for (MembershipKey key : members) {
      seen.get(key).toOptional().ifPresent(member -> changes.addAll(removal(member, now)));
    }
    return new Decision.Proceed(List.copyOf(changes), List.of());
  }

  /** An organization that ends needs no owner any more. */
  private List<Change> removal(Membership member, Instant now) {
    Change removal = new Change.Remove(member.removed(now));
    return deletion.key() instanceof UserKey && member.role() == Role.OWNER
        ? List.of(removal, new Change.DropOwner(member.organization(), member.username()))
        : List.of(removal);
  }
}
