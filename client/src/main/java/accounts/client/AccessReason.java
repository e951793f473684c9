package accounts.client;

/** Why a user has access, or has none; to be shown. {@link AccessDecision#allowed} decides. */
public enum AccessReason {
  /** Allowed: the user has the required role, or a higher one. */
  ROLE,
  /** Refused: the user is not a member of the organization, which perhaps does not exist. */
  NOT_A_MEMBER,
  /** Refused: the user is a member, with a lower role than the required one. */
  ROLE_TOO_LOW,
  /** Refused: the user is a member, and suspended. */
  USER_SUSPENDED,
  /** Refused: the user is a member, and being deleted. */
  USER_BEING_DELETED,
  /** Refused: there is no such user. */
  USER_NOT_FOUND,
  /** Refused: the username belongs to another user than the one that is meant. */
  OTHER_USER,
  /** Refused: the name belongs to another organization than the one that is meant, or to none. */
  OTHER_ORGANIZATION,
  /** Not reported, or a reason that this version of the client does not know. */
  UNKNOWN
}
