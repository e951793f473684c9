package accounts.client;

/**
 * Names one membership.
 *
 * @param organizationName slug of the organization, or a display name that turns into it
 * @param username the member
 */
public record MembershipKey(String organizationName, String username) {}
