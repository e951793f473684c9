package accounts.domain;

import accounts.domain.EntityKey.OrganizationKey;
import java.time.Instant;

/**
 * An organization: a named group of users whose owners and admins decide who belongs to it.
 *
 * @param displayName as people write it
 * @param foundingUser the user it was created for, its first owner
 * @param deleting whether its deletion has begun
 * @param labels what callers have noted about it
 */
public record Organization(
    OrganizationName name,
    String displayName,
    Username foundingUser,
    boolean deleting,
    Labels labels,
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
      DisplayName name, Username founder, Labels labels, Revision removal, Instant now) {
    return new Organization(
        name.slug(), name.value(), founder, false, labels, removal.next(), now, now);
  }

  @Override
  public Organization deleting(boolean begun, Instant now) {
    return new Organization(
        name, displayName, foundingUser, begun, labels, revision.next(), createTime, now);
  }

  /** Returns the next revision of this organization, with this display name and these labels. */
  public Organization updated(String newName, Labels newLabels, Instant now) {
    return new Organization(
        name, newName, foundingUser, deleting, newLabels, revision.next(), createTime, now);
  }

  @Override
  public OrganizationKey key() {
    return new OrganizationKey(name);
  }
}
