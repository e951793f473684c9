package accounts.domain;

import accounts.domain.EntityKey.OrganizationKey;
import java.time.Instant;

/**
 * An organization: a named group of users whose owners and admins decide who belongs to it.
 *
 * @param displayName as people write it
 * @param foundingUser the user it was created for, its first owner
 */
public record Organization(
    OrganizationName name,
    String displayName,
    Username foundingUser,
    Revision revision,
    Instant createTime,
    Instant updateTime)
    implements Entity {

  /** Returns an organization that did not exist before. */
  public static Organization created(DisplayName name, Username founder, Instant now) {
    return new Organization(name.slug(), name.value(), founder, Revision.FIRST, now, now);
  }

  /** Returns the next revision of this organization, with another display name. */
  public Organization renamed(DisplayText newName, Instant now) {
    return new Organization(name, newName.value(), foundingUser, revision.next(), createTime, now);
  }

  @Override
  public OrganizationKey key() {
    return new OrganizationKey(name);
  }
}
