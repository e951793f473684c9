package accounts.client;

/**
 * A newly created organization with its founder's membership.
 *
 * @param organization at revision 1
 * @param founderMembership of the founder, as {@link Role#OWNER}
 */
public record NewOrganization(Organization organization, Membership founderMembership) {}
