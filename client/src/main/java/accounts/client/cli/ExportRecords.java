package accounts.client.cli;

import accounts.v1.CreateUserRequest;
import accounts.v1.Entity;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.OrganizationState;
import accounts.v1.Role;
import accounts.v1.User;
import accounts.v1.UserState;
import java.io.IOException;

/**
 * What an export sorts: a line of columns for each entity. Users and memberships are sorted by
 * username, the user first; organizations, and later the memberships, by organization, itself
 * first, then its owners. A tab parts the columns: no name has one, and it sorts before all that
 * names have.
 */
final class ExportRecords {

  static final String TAB = "\t";

  /** The second column of users and of organizations themselves. */
  static final String ITSELF = "0";

  /** The second column of a membership that is sorted by username. */
  static final String MEMBERSHIP = "1";

  /** The second column of a user who was read again, after those that the scan saw. */
  static final String READ_AGAIN = "1";

  /** The third column of users and organizations. */
  static final String ACTIVE = "active";

  static final String SUSPENDED = "suspended";
  static final String DELETING = "deleting";

  private final SortedLines byUser;
  private final SortedLines byOrganization;
  private final ExportCounts counts;

  ExportRecords(SortedLines byUser, SortedLines byOrganization, ExportCounts counts) {
    this.byUser = byUser;
    this.byOrganization = byOrganization;
    this.counts = counts;
  }

  /** Adds an entity; one that an import could not make is left out. */
  void add(Entity entity) throws IOException {
    switch (entity.getEntityCase()) {
      case USER -> byUser.add(user(entity.getUser(), ITSELF));
      case ORGANIZATION -> add(entity.getOrganization());
      case MEMBERSHIP -> add(entity.getMembership());
      case ENTITY_NOT_SET -> counts.leaveOut();
    }
  }

  /** Returns the line of a user: the username, the place, the state, the line of an import. */
  static String user(User user, String place) {
    CreateUserRequest creation =
        CreateUserRequest.newBuilder()
            .setUsername(user.getUsername())
            .setFirstName(user.getFirstName())
            .setLastName(user.getLastName())
            .putAllLabels(user.getLabelsMap())
            .build();
    return line(
        user.getUsername(), place, state(user.getState()), ImportLine.text("user", creation));
  }

  private static String state(UserState state) {
    return switch (state) {
      case USER_STATE_DELETING -> DELETING;
      case USER_STATE_SUSPENDED -> SUSPENDED;
      case USER_STATE_ACTIVE,
          USER_STATE_UNSPECIFIED,
          USER_STATE_DELETED, // no read finds it
          UNRECOGNIZED ->
          ACTIVE;
    };
  }

  private void add(Organization organization) throws IOException {
    if (organization.getDisplayName().chars().anyMatch(Character::isISOControl)) {
      counts.leaveOut();
      return;
    }
    boolean deleting = organization.getState() == OrganizationState.ORGANIZATION_STATE_DELETING;
    byOrganization.add(
        line(
            organization.getOrganizationName(),
            ITSELF,
            deleting ? DELETING : ACTIVE,
            organization.getFoundingUser(),
            organization.getDisplayName(),
            LabelText.of(organization.getLabelsMap())));
  }

  private void add(Membership membership) throws IOException {
    Role role = membership.getRole();
    if (role == Role.ROLE_UNSPECIFIED || role == Role.UNRECOGNIZED) {
      counts.leaveOut();
      return;
    }
    byUser.add(
        line(
            membership.getUsername(),
            MEMBERSHIP,
            membership.getOrganizationName(),
            Integer.toString(role.getNumber())));
  }

  static String line(String... columns) {
    return String.join(TAB, columns);
  }

  static String[] columns(String line) {
    return line.split(TAB, -1);
  }
}
