package accounts.client;

/** The reason why a call failed, as documented in {@code accounts.v1.ErrorReason}. */
public enum ErrorReason {
  /**
   * A field is missing or malformed; {@link AccountsException#violations} names every invalid
   * field.
   */
  INVALID_FIELD,
  /** No such user. */
  USER_NOT_FOUND,
  /** No such organization. */
  ORGANIZATION_NOT_FOUND,
  /** The user is not a member of the organization. */
  MEMBERSHIP_NOT_FOUND,
  /** The username is taken, or reserved for a deleted user. */
  USER_ALREADY_EXISTS,
  /** An organization of that slug exists, or its name is reserved for a deleted one. */
  ORGANIZATION_ALREADY_EXISTS,
  /** The user is a member already. */
  MEMBERSHIP_ALREADY_EXISTS,
  /** The acting user's role does not allow it. */
  ROLE_REQUIRED,
  /** The organization would be left without an owner. */
  LAST_OWNER,
  /** The entity does not have the expected revision: read it again and decide again. */
  REVISION_MISMATCH,
  /** The request id was used for another request. */
  REQUEST_ID_REUSED,
  /** The calling service is unknown. */
  UNAUTHENTICATED,
  /** The calling service is known and may not call this. */
  SCOPE_REQUIRED,
  /** The instance is overloaded; {@link AccountsException#retryDelay} says when to try again. */
  OVERLOADED,
  /**
   * The store throttles, or the item is contended; {@link AccountsException#retryDelay} says when
   * to try again.
   */
  STORE_THROTTLED,
  /** The store is unreachable; the outcome of a write is unknown. */
  STORE_UNAVAILABLE,
  /** An internal error of the service, which its log has under the metadata's {@code error_id}. */
  INTERNAL,
  /** The acting user is suspended. */
  USER_SUSPENDED,
  /** What is to be deleted has memberships. */
  HAS_MEMBERSHIPS,
  /** The user or organization is being deleted. */
  BEING_DELETED,
  /**
   * The deletion has begun, and goes on without the call; repeat it with its request id to learn of
   * the end.
   */
  DELETION_UNFINISHED,
  /** Changes after the token of a watch are no longer kept: begin anew, without a token. */
  WATCH_TOKEN_EXPIRED,
  /** The caller of a watch took nothing for half a minute. */
  WATCH_TOO_SLOW,
  /** The instance of a watch stops. */
  WATCH_ENDED,
  /** The instance offers no watches. */
  WATCH_NOT_OFFERED,
  /** The user must be deleted first. */
  NOT_DELETED,
  /** The name belongs to another user, organization or membership than the expected one. */
  UID_MISMATCH,
  /** The user is not invited, or the invitation can no longer be accepted. */
  INVITATION_NOT_FOUND,
  /** The user or organization would have more than 32 labels. */
  TOO_MANY_LABELS,
  /** The instance has no keys of the token's issuer yet; another one may have them. */
  ISSUER_UNAVAILABLE,
  /**
   * The error has no reason (because of a deadline, the connection or a proxy), or one that this
   * version of the client does not know. Decide by {@link AccountsException#code}.
   */
  UNKNOWN;

  /** Returns the reason of that name; {@link #UNKNOWN} if there is none. */
  static ErrorReason named(String name) {
    for (ErrorReason reason : values()) {
      if (reason.name().equals(name)) {
        return reason;
      }
    }
    return UNKNOWN;
  }
}
