package accounts.bench.simulation;

import accounts.domain.EntityKey.UserKey;
import accounts.domain.Labels;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.domain.Username;
import java.time.Instant;

/** The users that the keys of a trace stand for. */
final class Users {

  private static final PersonName FIRST = new PersonName("Olivia");
  private static final PersonName LAST = new PersonName("Simulated");

  /** All usernames begin with this. */
  static final String PREFIX = "u";

  private Users() {}

  static UserKey key(long number) {
    return new UserKey(new Username(PREFIX + number));
  }

  /** Returns a user that nobody has changed yet. */
  static User unchanged(UserKey key) {
    return User.created(key.username(), FIRST, LAST, Labels.NONE, Revision.NONE, Instant.EPOCH);
  }
}
