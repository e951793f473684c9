package accounts.client;

/**
 * The question whether a user has at least a role in an organization.
 *
 * @param organizationName slug of the organization, or a display name that is converted to it
 * @param username the user
 * @param requiredRole the least role that is enough
 * @param userUid the {@link User#uid} of the user that is meant; empty if it is whoever has the
 *     username
 * @param organizationUid the {@link Organization#uid} of the organization that is meant; empty if
 *     it is whichever has the name
 */
public record AccessCheck(
    String organizationName,
    String username,
    Role requiredRole,
    String userUid,
    String organizationUid) {

  /** Makes the check of whoever has the username, in whichever organization has the name. */
  public AccessCheck(String organizationName, String username, Role requiredRole) {
    this(organizationName, username, requiredRole, "", "");
  }
}
