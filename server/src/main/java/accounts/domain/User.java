package accounts.domain;

import accounts.domain.EntityKey.UserKey;
import java.time.Instant;

/** A person or machine known by its username. */
public record User(
    Username username,
    PersonName firstName,
    PersonName lastName,
    UserState state,
    Revision revision,
    Instant createTime,
    Instant updateTime)
    implements Entity {

  /** Returns a user that did not exist before. */
  public static User created(Username username, PersonName first, PersonName last, Instant now) {
    return new User(username, first, last, UserState.ACTIVE, Revision.FIRST, now, now);
  }

  /** Returns the next revision of this user, with these names. */
  public User renamed(PersonName first, PersonName last, Instant now) {
    return new User(username, first, last, state, revision.next(), createTime, now);
  }

  /** Returns the next revision of this user, in another state. */
  public User inState(UserState other, Instant now) {
    return new User(username, firstName, lastName, other, revision.next(), createTime, now);
  }

  /** Returns whether it may do what its roles allow. */
  public boolean isActive() {
    return state == UserState.ACTIVE;
  }

  @Override
  public UserKey key() {
    return new UserKey(username);
  }
}
