package accounts.repair.dynamodb;

/** Where to read a shard on from. */
sealed interface Position {

  /** What is added from now on. */
  record Latest() implements Position {}

  /** All that the stream still has. */
  record Horizon() implements Position {}

  /** What comes after a record. */
  record After(String sequenceNumber) implements Position {}
}
