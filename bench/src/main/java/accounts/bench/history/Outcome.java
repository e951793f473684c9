package accounts.bench.history;

/** How a write ended, as its caller knows it. */
public enum Outcome {
  /** The service said that it is done. */
  ACKNOWLEDGED,
  /** The service said that it is not done and never will be. */
  REFUSED,
  /** Nobody said; it may be done, may be done later, or never. */
  UNKNOWN,
  /** Done in the table without the service: an out-of-band change. */
  OUTSIDE
}
