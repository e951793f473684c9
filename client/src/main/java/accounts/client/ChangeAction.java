package accounts.client;

/** What happened to an entity that is watched. */
public enum ChangeAction {
  /** It is there, and was not before. */
  CREATED,
  /** It was changed. */
  UPDATED,
  /** It is no longer there. If it comes back, its revisions go on. */
  REMOVED,
  /** Its item is gone from the table. If it comes back, its revisions begin at 1. */
  ERASED,
  /** Something that this version of the client does not know. */
  UNKNOWN
}
