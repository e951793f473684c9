package accounts.service;

import accounts.domain.Account;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import accounts.store.OpenDeletion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a deletion up that has begun: the account is as before, but for what was removed.
 *
 * @param deletion as the step before has left it
 */
record GiveUpDeletion(OpenDeletion deletion) implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.empty();
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
        .<Decision>map(account -> givenUp(account.deleting(false, now)))
        .orElseGet(() -> new Decision.Refuse(NotFound.of(deletion.key(), answer.revision())));
  }

  private Decision givenUp(Account account) {
    return new Decision.Proceed(
        List.of(new Change.Replace(account), new Change.DropDeletion(deletion)), List.of(account));
  }
}
