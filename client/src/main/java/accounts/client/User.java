package accounts.client;

import java.time.Instant;

/**
 * A person or machine known by its username.
 *
 * @param username the identity; case-sensitive
 * @param firstName given name
 * @param lastName family name
 * @param revision 1 at creation, one more with every change
 * @param createTime when it was created, by the clock of the instance that wrote it
 * @param updateTime when it last changed; for ordering, use {@code revision}
 * @param state whether it may do anything
 * @param uid made by the service: tells it from all others that ever have its username; see {@link
 *     ReadOption#expectedUid}
 */
public record User(
    String username,
    String firstName,
    String lastName,
    long revision,
    Instant createTime,
    Instant updateTime,
    UserState state,
    String uid)
    implements Entity {

  /** Makes one without a uid, like those that servers of versions without uids return. */
  public User(
      String username,
      String firstName,
      String lastName,
      long revision,
      Instant createTime,
      Instant updateTime,
      UserState state) {
    this(username, firstName, lastName, revision, createTime, updateTime, state, "");
  }
}
