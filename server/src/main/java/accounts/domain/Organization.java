package accounts.domain;

import accounts.domain.EntityKey.OrganizationKey;
import java.time.Instant;

/**
 * An organization: a named group of users whose owners and admins decide who belongs to it.
 *
 * @param displayName as people write it
 * @param foundingUser the user it was created for, its first owner
 * @param deleting whether its deletion has begun
 */
public record Organization(
    OrganizationName name,
    String displayName,
    Username foundingUser,
    boolean deleting,
    Revision revision,
    Instant createTime,
    Instant updateTime)
    implements Account {

  /**
   * Returns a new organization.
   *
   * @param removal revision of the deletion of the organization that had the name before; {@link
   *     Revision#NONE} if none had
   */
  public static Organization created(
      DisplayName name, Username founder, Revision removal, Instant now) {
    return new Organization(name.slug(), name.value(), founder, false, removal.next(), now, now);
  }

  @Override
  public Organization deleting(boolean begun, Instant now) {
    return new Organization(
        name, displayName, foundingUser, begun, revision.next(), createTime, now);
  }

  /** Returns the next revision of this organization, with another display name. */
  public Organization renamed(DisplayText newName, Instant now) {
    return new Organization(
        name, newName.value(), foundingUser, deleting, revision.next(), createTime, now);
  }

  @Override
  public OrganizationKey key() {
    return new OrganizationKey(name);
  }
}
