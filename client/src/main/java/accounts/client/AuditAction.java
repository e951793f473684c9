package accounts.client;

/** What was done to an entity. */
public enum AuditAction {
  /** It was created; a membership: the user was added, perhaps again. */
  CREATED,
  /** It was changed. */
  UPDATED,
  /** It was removed; a user or an organization was deleted. */
  REMOVED,
  /** It was restored after it had been deleted. */
  RESTORED,
  /** What was left of a deleted user was erased. */
  ERASED,
  /** Something that this version of the client does not know. */
  UNKNOWN
}
