package accounts.repair.dynamodb;

/** The position from which a shard is read. */
sealed interface Position {

  /** Records added from now on. */
  record Latest() implements Position {}

  /** All records that the stream still has. */
  record Horizon() implements Position {}

  /** Records after a given one. */
  record After(String sequenceNumber) implements Position {}
}
