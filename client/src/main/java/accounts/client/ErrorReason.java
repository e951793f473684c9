package accounts.client;

/**
 * Why a call failed: the stable reasons of {@code accounts.v1.ErrorReason}, whose documentation
 * says what each means.
 */
public enum ErrorReason {
  /** A field is missing or malformed; {@link AccountsException#violations} names every fault. */
  INVALID_FIELD,
  /** No such user. */
  USER_NOT_FOUND,
  /** No such organization. */
  ORGANIZATION_NOT_FOUND,
  /** The user is not a member of the organization. */
  MEMBERSHIP_NOT_FOUND,
  /** The username is taken. */
  USER_ALREADY_EXISTS,
  /** An organization of that slug exists. */
  ORGANIZATION_ALREADY_EXISTS,
  /** The user is a member already. */
  MEMBERSHIP_ALREADY_EXISTS,
  /** The acting user's role does not allow it. */
  ROLE_REQUIRED,
  /** The organization would be left without an owner. */
  LAST_OWNER,
  /** Somebody else changed it first: read again, decide again. */
  REVISION_MISMATCH,
  /** The request id was used for another request. */
  REQUEST_ID_REUSED,
  /** The calling service is not known. */
  UNAUTHENTICATED,
  /** The calling service is known and may not call this. */
  SCOPE_REQUIRED,
  /**
   * The instance has too much to do; {@link AccountsException#retryDelay} says when to try again.
   */
  OVERLOADED,
  /**
   * The store throttles, or the item is contended; {@link AccountsException#retryDelay} says when
   * to try again.
   */
  STORE_THROTTLED,
  /** The store is out of reach; whether a write was done is then unknown. */
  STORE_UNAVAILABLE,
  /** A fault of the service; its log has it under the metadata's {@code error_id}. */
  INTERNAL,
  /**
   * None was given (the call failed on its way: deadline, connection, proxy), or one that this
   * version of the client does not know. Decide by {@link AccountsException#code}.
   */
  UNKNOWN;

  /** The reason of that name; {@link #UNKNOWN} if there is none. */
  static ErrorReason named(String name) {
    for (ErrorReason reason : values()) {
      if (reason.name().equals(name)) {
        return reason;
      }
    }
    return UNKNOWN;
  }
}
