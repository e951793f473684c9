package accounts.client;

/**
 * The question whether a user has at least a role in an organization.
 *
 * @param organizationName slug of the organization, or a display name that is converted to it
 * @param username the user
 * @param requiredRole the least role that is enough
 */
public record AccessCheck(String organizationName, String username, Role requiredRole) {}
