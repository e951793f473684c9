package accounts.domain;

import accounts.domain.EntityKey.MembershipKey;
import java.time.Instant;

/** A user's membership in an organization, with the role. */
public record Membership(
    OrganizationName organization,
    Username username,
    Role role,
    Revision revision,
    Instant createTime,
    Instant updateTime)
    implements Entity {

  /**
   * Returns a new membership.
   *
   * @param removal revision of its last removal; {@link Revision#NONE} if it never was
   */
  public static Membership added(MembershipKey key, Role role, Revision removal, Instant now) {
    return new Membership(key.organization(), key.username(), role, removal.next(), now, now);
  }

  /** Returns the next revision of this membership, with another role. */
  public Membership withRole(Role other, Instant now) {
    return new Membership(organization, username, other, revision.next(), createTime, now);
  }

  /** Returns the revision that removes this membership; it keeps its last role. */
  public Membership removed(Instant now) {
    return withRole(role, now);
  }

  @Override
  public MembershipKey key() {
    return new MembershipKey(organization, username);
  }
}
