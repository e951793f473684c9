package accounts.client;

/** The kind of an entity. */
public enum EntityKind {
  /** A user. */
  USER,
  /** An organization. */
  ORGANIZATION,
  /** The membership of a user in an organization. */
  MEMBERSHIP,
  /** One that this version of the client does not know. */
  UNKNOWN
}
