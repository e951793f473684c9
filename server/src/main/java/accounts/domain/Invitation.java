package accounts.domain;

import accounts.domain.EntityKey.MembershipKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An invitation of a user to an organization. It is bound to the organization, the user and the
 * absence of a membership as they were when it was made, so that it lets nobody into a later
 * organization of the same name, and no removed member back in.
 *
 * @param invitingUser who made it, and without whose right to add the user it is worth nothing
 * @param organizationCreateTime when the organization was created
 * @param userCreateTime when the invited user was created
 * @param membershipRevision revision at which the user was last removed; {@link Revision#NONE} if
 *     it never was a member
 * @param createTime when it was made, to the millisecond
 * @param expireTime from when on it counts as not there, to the millisecond
 */
public record Invitation(
    OrganizationName organization,
    Username username,
    Role role,
    Username invitingUser,
    Instant organizationCreateTime,
    Instant userCreateTime,
    Revision membershipRevision,
    Instant createTime,
    Instant expireTime)
    implements Resource {

  /** How long one lasts if nobody says otherwise. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofDays(14);

  /** The longest that one may last. */
  public static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

  /**
   * Returns a new invitation.
   *
   * @param removal revision at which the user was last removed; {@link Revision#NONE} if it never
   *     was a member
   * @param lifetime how long it can be accepted; fractions of a millisecond are dropped
   */
  public static Invitation made(
      Organization organization,
      User user,
      Revision removal,
      Role role,
      Username invitingUser,
      Instant now,
      Duration lifetime) {
    return new Invitation(
        organization.name(),
        user.username(),
        role,
        invitingUser,
        organization.createTime(),
        user.createTime(),
        removal,
        now,
        now.plus(lifetime).truncatedTo(ChronoUnit.MILLIS));
  }

  /** Returns the key of the membership that it offers, by which it is known, too. */
  public MembershipKey key() {
    return new MembershipKey(organization, username);
  }

  /** Returns whether it has not expired yet. */
  public boolean isOpen(Instant now) {
    return now.isBefore(expireTime);
  }

  /**
   * Returns whether these are the organization and the user of then, and the user was no member
   * since.
   *
   * @param removal revision at which the user was last removed
   */
  public boolean isOf(Organization itsOrganization, User itsUser, Revision removal) {
    return organizationCreateTime.equals(itsOrganization.createTime())
        && userCreateTime.equals(itsUser.createTime())
        && membershipRevision.equals(removal);
  }
}
