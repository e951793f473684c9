package accounts.service;

import accounts.domain.Account;
import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.Refusal;
import accounts.domain.EntityKey.AccountKey;
import accounts.store.Lookups;
import java.util.Optional;

/** The rule for what is changed about a user or an organization: its deletion has not begun. */
final class EndOfAccount {

  private EndOfAccount() {}

  /**
   * Returns why it is too late for a change; empty if it is not, or the account is not there.
   *
   * @param seen with the answer to the key
   */
  static Optional<Refusal> refusal(Lookups seen, AccountKey<?> key) {
    return seen.get(key)
        .toOptional()
        .map(Account.class::cast)
        .filter(Account::deleting)
        .map(account -> new BeingDeleted(key));
  }
}
