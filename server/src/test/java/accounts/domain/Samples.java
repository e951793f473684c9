package accounts.domain;

import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Entities, keys and invitations for tests, all at their first revision. */
public final class Samples {

  public static final Instant CREATED = Instant.parse("2026-01-31T12:00:00.120Z");
  public static final Instant CHANGED = Instant.parse("2026-02-01T08:30:00.007Z");

  public static final Labels LABELS = Labels.of(Map.of("billing.plan", "free", "team", ""));

  private Samples() {}

  public static Username username(String name) {
    return new Username(name);
  }

  public static OrganizationName organizationName(String name) {
    return new OrganizationName(name);
  }

  public static UserKey userKey(String name) {
    return new UserKey(username(name));
  }

  public static OrganizationKey organizationKey(String name) {
    return new OrganizationKey(organizationName(name));
  }

  public static MembershipKey membershipKey(String organization, String user) {
    return new MembershipKey(organizationName(organization), username(user));
  }

  public static User user(String name) {
    return User.created(
        username(name),
        new PersonName("Élodie"),
        new PersonName("O'Neil"),
        Labels.NONE,
        Revision.NONE,
        CREATED);
  }

  /** Returns the next revision of a user, with another first name. */
  public static User renamed(User user) {
    return user.updated(
        new PersonName("Renamed" + user.revision()), user.lastName(), user.labels(), CHANGED);
  }

  /** Returns the next revision of a user, with labels. */
  public static User labelled(User user, Labels labels) {
    return user.updated(user.firstName(), user.lastName(), labels, CHANGED);
  }

  /** Returns the next revision of an organization, with labels. */
  public static Organization labelled(Organization organization, Labels labels) {
    return organization.updated(organization.displayName(), labels, CHANGED);
  }

  public static Organization organization(String name) {
    return Organization.created(
        DisplayName.of(name), username("founder"), Labels.NONE, Revision.NONE, CREATED);
  }

  /** Returns an invitation by olivia that lasts so long that no table's time to live gets to it. */
  public static Invitation invitation(String organization, String user, Role role) {
    return Invitation.made(
        organization(organization),
        user(user),
        Revision.NONE,
        role,
        membership(organization, "olivia", Role.OWNER),
        CREATED,
        Duration.ofDays(36_500));
  }

  public static Membership membership(String organization, String user, Role role) {
    return Membership.added(membershipKey(organization, user), role, Revision.NONE, CREATED);
  }
}
