package accounts.bench.history;

/** What a read asked for. */
public enum Consistency {
  FRESH,
  BOUNDED,
  STORE
}
