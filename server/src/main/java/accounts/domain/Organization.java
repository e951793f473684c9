package accounts.domain;

import accounts.domain.EntityKey.OrganizationKey;
import java.time.Instant;

/**
 * A group of users that decides together who belongs to it.
 *
 * @param displayName as given at creation
 * @param foundingUser whom it was created for
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

  @Override
  public OrganizationKey key() {
    return new OrganizationKey(name);
  }
}
