package accounts.store;

import java.util.List;

/** The result of a commit. */
public sealed interface CommitResult {

  /** All changes were made. */
  record Committed() implements CommitResult {}

  /**
   * Nothing was done.
   *
   * @param unmet the changes whose conditions failed; empty if the transaction conflicted with
   *     another one
   */
  record Conflict(List<Change> unmet) implements CommitResult {}

  /** Nothing was done, because the request has a record already. */
  record Repeated(RequestRecord record) implements CommitResult {}
}
