package accounts.client.cli;

import accounts.v1.CreateUserRequest;
import accounts.v1.Entity;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.OrganizationState;
import accounts.v1.Role;
import accounts.v1.SuspendUserRequest;
import accounts.v1.User;
import accounts.v1.UserState;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What an export sorts: a line for each entity, of which the order is that in which an import needs
 * them. Users come first, then each organization with its owners before other members, then who is
 * suspended. A tab parts the columns: no name has one, and it sorts before all that names have.
 */
final class ExportRecords {

  static final String USER = "1";
  static final String ORGANIZATION = "2";
  static final String SUSPENSION = "3";

  /** The third column of an organization itself, and those of its members. */
  static final String ITSELF = "0";

  private final SortedLines lines;

  /** Their memberships are left out with them; few at a time, as a deletion takes seconds. */
  private final Set<String> deletedUsers = new HashSet<>();

  private long leftOut;

  ExportRecords(SortedLines lines) {
    this.lines = lines;
  }

  /**
   * Adds an entity; what is being deleted is left out, so that an import does not bring it back.
   */
  void add(Entity entity) throws IOException {
    switch (entity.getEntityCase()) {
      case USER -> add(entity.getUser());
      case ORGANIZATION -> add(entity.getOrganization());
      case MEMBERSHIP -> add(entity.getMembership());
      case ENTITY_NOT_SET -> leftOut++;
    }
  }

  private void add(User user) throws IOException {
    if (user.getState() == UserState.USER_STATE_DELETING) {
      deletedUsers.add(user.getUsername());
      leftOut++;
      return;
    }
    CreateUserRequest creation =
        CreateUserRequest.newBuilder()
            .setUsername(user.getUsername())
            .setFirstName(user.getFirstName())
            .setLastName(user.getLastName())
            .build();
    add(USER, user.getUsername(), ImportLine.text("user", creation));
    if (user.getState() == UserState.USER_STATE_SUSPENDED) {
      SuspendUserRequest suspension =
          SuspendUserRequest.newBuilder().setUsername(user.getUsername()).build();
      add(SUSPENSION, user.getUsername(), ImportLine.text("suspension", suspension));
    }
  }

  private void add(Organization organization) throws IOException {
    boolean named = organization.getDisplayName().chars().noneMatch(Character::isISOControl);
    if (!named || organization.getState() == OrganizationState.ORGANIZATION_STATE_DELETING) {
      leftOut++;
      return;
    }
    add(
        ORGANIZATION,
        organization.getOrganizationName(),
        ITSELF,
        organization.getFoundingUser(),
        organization.getDisplayName());
  }

  private void add(Membership membership) throws IOException {
    Role role = membership.getRole();
    if (role == Role.ROLE_UNSPECIFIED || role == Role.UNRECOGNIZED) {
      leftOut++;
      return;
    }
    add(
        ORGANIZATION,
        membership.getOrganizationName(),
        Integer.toString(role.getNumber()),
        membership.getUsername());
  }

  private void add(String... columns) throws IOException {
    lines.add(String.join("\t", columns));
  }

  /** Returns the users that are being deleted. */
  Set<String> deletedUsers() {
    return deletedUsers;
  }

  /** Returns how many entities were left out. */
  long leftOut() {
    return leftOut;
  }
}
