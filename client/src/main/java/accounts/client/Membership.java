package accounts.client;

import java.time.Instant;

/**
 * The membership of a user in an organization.
 *
 * @param organizationName slug of the organization
 * @param username the member
 * @param role of the member
 * @param revision 1 when first added, one more with every change, removal included
 * @param createTime when the member was (last) added, by the clock of the instance that wrote it
 * @param updateTime when it last changed; for ordering, use {@code revision}
 * @param uid made by the service: another one if the member is removed and added again
 */
public record Membership(
    String organizationName,
    String username,
    Role role,
    long revision,
    Instant createTime,
    Instant updateTime,
    String uid)
    implements Entity {

  /** Makes one without a uid, like those that servers of versions without uids return. */
  public Membership(
      String organizationName,
      String username,
      Role role,
      long revision,
      Instant createTime,
      Instant updateTime) {
    this(organizationName, username, role, revision, createTime, updateTime, "");
  }
}
