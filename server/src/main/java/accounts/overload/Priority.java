package accounts.overload;

/** Which calls are shed first: batches and lists, then single reads, then changes. */
public enum Priority {
  BATCH,
  READ,
  CHANGE
}
