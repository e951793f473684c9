package accounts.client;

/** Why a user has access, or has none; to be shown. {@link AccessDecision#allowed} decides. */
public enum AccessReason {
  /** Allowed: the user has the required role, or a higher one. */
  ROLE,
  /**
   * Refused: the user is not a member of the organization, and perhaps one of the two is absent.
   */
  NOT_A_MEMBER,
  /** Refused: the user is a member, with a lower role than the required one. */
  ROLE_TOO_LOW,
  /** Not reported, or a reason that this version of the client does not know. */
  UNKNOWN
}
