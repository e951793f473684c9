package accounts.service;

import accounts.domain.Account;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import accounts.store.OpenDeletion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The last step of a deletion, after which no read finds the account. Must follow a list of its
 * memberships, made since the first step, that was empty: there have been no new ones since.
 *
 * @param deletion as the step before has left it
 * @param retention how long it can be restored, and its name is reserved
 */
record EndDeletion(OpenDeletion deletion, Duration retention) implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.empty();
  }

  @Override
  public boolean isRefusalOutcome() {
    return false;
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return Set.of(deletion.key());
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    Lookup<? extends Account> answer = seen.get(deletion.key());
    return answer
        .toOptional()
        .filter(Account::deleting)
        .<Decision>map(account -> ended(account.deleting(false, now), now))
        .orElseGet(() -> new Decision.Refuse(NotFound.of(deletion.key(), answer.revision())));
  }

  /** Whoever has the name next is created later, by whatever clock: its uid depends on it. */
  private Decision ended(Account account, Instant now) {
    Instant last = now.isBefore(account.createTime()) ? account.createTime() : now;
    return new Decision.Proceed(
        List.of(new Change.End(account, last.plus(retention)), new Change.DropDeletion(deletion)),
        List.of(account));
  }
}
