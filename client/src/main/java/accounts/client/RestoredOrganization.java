package accounts.client;

/** An organization that was restored, and the membership of its first owner. */
public record RestoredOrganization(Organization organization, Membership ownerMembership) {}
