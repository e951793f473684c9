package accounts.client;

/**
 * An organization just created, with its founder's membership.
 *
 * @param organization at revision 1
 * @param founderMembership the founder's, as {@link Role#OWNER}
 */
public record NewOrganization(Organization organization, Membership founderMembership) {}
