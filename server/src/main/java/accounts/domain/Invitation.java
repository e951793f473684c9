package accounts.domain;

import accounts.domain.EntityKey.MembershipKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An invitation of a user to an organization. It is bound to the organization, the user, the
 * absence of its membership and the membership of who made it as they were then, so that it lets
 * nobody into a later organization of the same name, no removed member back in, and nobody in for
 * an inviter that was removed meanwhile.
 *
 * @param invitingUser who made it, and without whose right to add the user it is worth nothing
 * @param organizationCreateTime when the organization was created
 * @param userCreateTime when the invited user was created
 * @param invitingMembershipCreateTime when who made it became a member
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
    Instant invitingMembershipCreateTime,
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
   * @param inviter the membership of who makes it
   * @param lifetime how long it can be accepted; fractions of a millisecond are dropped
   */
  public static Invitation made(
      Organization organization,
      User user,
      Revision removal,
      Role role,
      Membership inviter,
      Instant now,
      Duration lifetime) {
    return new Invitation(
        organization.name(),
        user.username(),
        role,
        inviter.username(),
        organization.createTime(),
        user.createTime(),
        inviter.createTime(),
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

  /** Returns whether this is the membership of who made it: that of then, and no later one. */
  public boolean isBy(Membership inviter) {
    return invitingUser.equals(inviter.username())
        && invitingMembershipCreateTime.equals(inviter.createTime());
  }
}
