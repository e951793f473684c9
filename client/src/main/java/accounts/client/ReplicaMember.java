package accounts.client;

/**
 * A member in an {@link OrganizationReplica}: what lists and changes both say of it.
 *
 * @param username the member
 * @param role its role in the organization; says nothing of whether it is suspended
 * @param revision of the membership; whoever needs the rest of it reads it with this revision as
 *     {@link ReadOption#minRevision}
 */
public record ReplicaMember(String username, Role role, long revision) {}
