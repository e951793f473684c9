package accounts.domain;

/** Whether a user may do anything in organizations. */
public enum UserState {
  /** May do what its roles allow. */
  ACTIVE,
  /** May do nothing in any organization, whatever its roles. */
  SUSPENDED,
  /** Is being deleted, and may do nothing; only as {@link User#shownState}. */
  DELETING
}
