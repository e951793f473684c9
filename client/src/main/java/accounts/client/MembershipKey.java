package accounts.client;

/**
 * The key of a membership.
 *
 * @param organizationName slug of the organization, or a display name that is converted to it
 * @param username the member
 */
public record MembershipKey(String organizationName, String username) {}
