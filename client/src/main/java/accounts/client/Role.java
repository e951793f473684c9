package accounts.client;

/** The role of a member in an organization. */
public enum Role {
  /** May grant and revoke any role; an organization always keeps at least one. */
  OWNER,
  /** May grant and revoke {@link #ADMIN} and {@link #MEMBER}. */
  ADMIN,
  /** Belongs to the organization; may leave it, and change nothing else in it. */
  MEMBER,
  /**
   * A role that this version of the client does not know; allow nothing for it. The service refuses
   * to grant it.
   */
  UNKNOWN
}
