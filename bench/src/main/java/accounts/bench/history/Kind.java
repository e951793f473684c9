package accounts.bench.history;

/** The kind of an entity. */
public enum Kind {
  USER,
  ORGANIZATION,
  MEMBERSHIP
}
