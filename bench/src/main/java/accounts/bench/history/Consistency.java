package accounts.bench.history;

/** The consistency that a read asked for. */
public enum Consistency {
  FRESH,
  BOUNDED,
  STORE
}
