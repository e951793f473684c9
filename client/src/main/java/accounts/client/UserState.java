package accounts.client;

/** Whether a user may do anything. */
public enum UserState {
  /** May do what its roles allow. */
  ACTIVE,
  /** May do nothing in any organization, whatever its roles; stays a member, and can be resumed. */
  SUSPENDED,
  /** Is being deleted, and may do nothing. */
  DELETING,
  /** Was deleted; only in the answer of the deletion. */
  DELETED,
  /** Not reported, or a state that this version of the client does not know. */
  UNKNOWN
}
