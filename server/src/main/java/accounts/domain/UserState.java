package accounts.domain;

/** Whether a user may do anything. */
public enum UserState {
  /** May do what its roles allow. */
  ACTIVE,
  /** May do nothing, whatever its roles. */
  SUSPENDED
}
