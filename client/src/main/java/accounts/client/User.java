package accounts.client;

import java.time.Instant;
import java.util.Map;

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
 * @param labels what callers have noted about it, in the order of the keys; unmodifiable
 */
public record User(
    String username,
    String firstName,
    String lastName,
    long revision,
    Instant createTime,
    Instant updateTime,
    UserState state,
    String uid,
    Map<String, String> labels)
    implements Entity {

  /** Copies the labels. */
  public User {
    labels = LabelMaps.copy(labels);
  }

  /** Makes one without labels. */
  public User(
      String username,
      String firstName,
      String lastName,
      long revision,
      Instant createTime,
      Instant updateTime,
      UserState state,
      String uid) {
    this(username, firstName, lastName, revision, createTime, updateTime, state, uid, Map.of());
  }

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
