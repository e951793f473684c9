package accounts.client;

/** Whether an organization is there to stay. */
public enum OrganizationState {
  /** Is as its members want it. */
  ACTIVE,
  /** Is being deleted: nobody can be added, and its memberships are removed. */
  DELETING,
  /** Was deleted; only in the answer of the deletion. */
  DELETED,
  /** Not reported, or a state that this version of the client does not know. */
  UNKNOWN
}
