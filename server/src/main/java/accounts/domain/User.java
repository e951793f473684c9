package accounts.domain;

import accounts.domain.EntityKey.UserKey;
import java.time.Instant;

/**
 * A person or machine known by its username.
 *
 * @param state what it is beside any deletion, and is again when that is undone
 * @param deleting whether its deletion has begun
 * @param labels what callers have noted about it
 */
public record User(
    Username username,
    PersonName firstName,
    PersonName lastName,
    UserState state,
    boolean deleting,
    Labels labels,
    Revision revision,
    Instant createTime,
    Instant updateTime)
    implements Account {

  /**
   * Returns a new user.
   *
   * @param removal revision of the deletion of the user that had the name before; {@link
   *     Revision#NONE} if none had
   */
  public static User created(
      Username username,
      PersonName first,
      PersonName last,
      Labels labels,
      Revision removal,
      Instant now) {
    return new User(
        username, first, last, UserState.ACTIVE, false, labels, removal.next(), now, now);
  }

  /** Returns the next revision of this user, with these names and labels. */
  public User updated(PersonName first, PersonName last, Labels newLabels, Instant now) {
    return new User(
        username, first, last, state, deleting, newLabels, revision.next(), createTime, now);
  }

  /** Returns the next revision of this user, in another state. */
  public User inState(UserState other, Instant now) {
    return new User(
        username, firstName, lastName, other, deleting, labels, revision.next(), createTime, now);
  }

  @Override
  public User deleting(boolean begun, Instant now) {
    return new User(
        username, firstName, lastName, state, begun, labels, revision.next(), createTime, now);
  }

  /** Returns whether it may do what its roles allow. */
  public boolean isActive() {
    return state == UserState.ACTIVE && !deleting;
  }

  /** Returns the state that callers are shown. */
  public UserState shownState() {
    return deleting ? UserState.DELETING : state;
  }

  @Override
  public UserKey key() {
    return new UserKey(username);
  }
}
