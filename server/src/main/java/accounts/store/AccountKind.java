package accounts.store;

/** Users or organizations, of which one list has one kind. */
public enum AccountKind {
  /** Users, by username. */
  USER,

  /** Organizations, by the name that identifies them. */
  ORGANIZATION
}
