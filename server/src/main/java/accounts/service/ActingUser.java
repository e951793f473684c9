package accounts.service;

import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.AccountError.UserSuspended;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.store.Lookups;
import java.util.Optional;

/**
 * The rule for whoever acts in an organization: it exists, and is neither suspended nor about to be
 * deleted.
 */
final class ActingUser {

  private ActingUser() {}

  /**
   * Returns why a user may do nothing; empty if it may do what its roles allow.
   *
   * @param seen with the answer to its key
   */
  static Optional<Refusal> refusal(Lookups seen, Username username) {
    Lookup<User> user = seen.get(new UserKey(username));
    return user.toOptional().isPresent()
        ? suspension(seen, username)
        : Optional.of(new UserNotFound(username, user.revision()));
  }

  /** As {@link #refusal}, for a user that perhaps does not exist. */
  static Optional<Refusal> suspension(Lookups seen, Username username) {
    return seen.get(new UserKey(username))
        .toOptional()
        .filter((User user) -> !user.isActive())
        .map(user -> user.deleting() ? new BeingDeleted(user.key()) : new UserSuspended(username));
  }
}
