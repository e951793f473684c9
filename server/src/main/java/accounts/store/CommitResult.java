package accounts.store;

import java.util.List;

/** What became of a commit. */
public sealed interface CommitResult {

  /** All of it was done. */
  record Committed() implements CommitResult {}

  /**
   * Nothing was done.
   *
   * @param unmet the changes whose conditions did not hold; empty if the entities were too
   *     contended to tell
   */
  record Conflict(List<Change> unmet) implements CommitResult {}

  /** Nothing was done, since the request has a record. */
  record Repeated(RequestRecord record) implements CommitResult {}
}
