package accounts.overload;

/** Which calls are shed first: batches and lists, then single reads, then changes. */
public enum Priority {
  BATCH(0.12),
  READ(0.9),
  CHANGE(1);

  private final double share;

  Priority(double share) {
    this.share = share;
  }

  /** Returns the part of a limit that calls of this priority may use. */
  int of(int limit) {
    return (int) (limit * share);
  }
}
