package accounts.bench.history;

/** The outcome of a write, as far as its caller knows. */
public enum Outcome {
  /** The service said that the write is done. */
  ACKNOWLEDGED,
  /** The service said that the write is not done and never will be. */
  REFUSED,
  /** No answer: the write may be done, may be done later, or never. */
  UNKNOWN,
  /** The write was made in the table directly, without the service. */
  OUT_OF_BAND
}
