package accounts.client;

import java.time.Instant;
import java.util.Map;

/**
 * A group of users.
 *
 * @param organizationName the identity, a slug such as {@code olivias-org}
 * @param displayName the name as people write it
 * @param foundingUser username of the first owner, who may have left since
 * @param revision 1 at creation, one more with every change
 * @param createTime when it was created, by the clock of the instance that wrote it
 * @param updateTime when it last changed; for ordering, use {@code revision}
 * @param uid made by the service: tells it from all others that ever have its name; see {@link
 *     ReadOption#expectedUid}
 * @param state whether it is being deleted
 * @param labels what callers have noted about it, in the order of the keys; unmodifiable
 */
public record Organization(
    String organizationName,
    String displayName,
    String foundingUser,
    long revision,
    Instant createTime,
    Instant updateTime,
    String uid,
    OrganizationState state,
    Map<String, String> labels)
    implements Entity {

  /** Copies the labels. */
  public Organization {
    labels = LabelMaps.copy(labels);
  }

  /** Makes one without labels. */
  public Organization(
      String organizationName,
      String displayName,
      String foundingUser,
      long revision,
      Instant createTime,
      Instant updateTime,
      String uid,
      OrganizationState state) {
    this(
        organizationName,
        displayName,
        foundingUser,
        revision,
        createTime,
        updateTime,
        uid,
        state,
        Map.of());
  }

  /** Makes one whose state is {@link OrganizationState#UNKNOWN}. */
  public Organization(
      String organizationName,
      String displayName,
      String foundingUser,
      long revision,
      Instant createTime,
      Instant updateTime,
      String uid) {
    this(
        organizationName,
        displayName,
        foundingUser,
        revision,
        createTime,
        updateTime,
        uid,
        OrganizationState.UNKNOWN);
  }

  /** Makes one without a uid, like those that servers of versions without uids return. */
  public Organization(
      String organizationName,
      String displayName,
      String foundingUser,
      long revision,
      Instant createTime,
      Instant updateTime) {
    this(organizationName, displayName, foundingUser, revision, createTime, updateTime, "");
  }
}
