package accounts.bench.history;

/** What a key names. */
public enum Kind {
  USER,
  ORGANIZATION,
  MEMBERSHIP
}
