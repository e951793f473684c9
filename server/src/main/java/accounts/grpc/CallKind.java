package accounts.grpc;

import accounts.domain.AccountKind;
import accounts.identity.Scope;
import accounts.overload.Priority;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.CheckAccessRequest;

/**
 * What a call needs: of its caller, and of this instance.
 *
 * @param scope without which its caller is refused
 * @param units about how many single reads it is worth
 */
record CallKind(Scope scope, Priority priority, int units) {

  static final CallKind READ = new CallKind(Scope.READ, Priority.READ, 1);

  /** Of one check of access, which reads two keys. */
  private static final CallKind CHECK = new CallKind(Scope.READ, Priority.READ, 2);

  /** Of one check of access in a certain organization, which is read, too. */
  private static final CallKind CHECK_IN = new CallKind(Scope.READ, Priority.READ, 3);

  static final CallKind CHANGE = new CallKind(Scope.WRITE, Priority.CHANGE, 2);

  static final CallKind SUSPENSION = new CallKind(Scope.SUSPEND, Priority.CHANGE, 2);

  static final CallKind DELETION = new CallKind(Scope.DELETE, Priority.CHANGE, 2);

  /** Of the opening of a watch; while it is open it takes no place among calls. */
  static final CallKind WATCH = new CallKind(Scope.WATCH, Priority.READ, 2);

  private static final int KEYS_PER_UNIT = 10;
  private static final int ROWS_PER_UNIT = 100;

  /** The most characters with which names begin. */
  private static final int FIRST_CHARACTERS = AccountKind.USER.firstCharacters().length();

  /** Returns the kind of a batch of so many keys, which may be more than are valid. */
  static CallKind batch(int keys) {
    return new CallKind(
        Scope.READ, Priority.BATCH, 1 + Math.min(keys, QueryRequests.MAX_BATCH) / KEYS_PER_UNIT);
  }

  /** Returns the kind of a check of access. */
  static CallKind of(CheckAccessRequest request) {
    return request.getOrganizationUid().isEmpty() ? CHECK : CHECK_IN;
  }

  /** Returns the kind of checks of access, which may be more than are valid. */
  static CallKind of(BatchCheckAccessRequest request) {
    int checks = Math.min(request.getChecksCount(), QueryRequests.MAX_BATCH);
    int keys = 2 * checks;
    for (int i = 0; i < checks; i++) {
      keys += request.getChecks(i).getOrganizationUid().isEmpty() ? 0 : 1;
    }
    return checks(keys);
  }

  /** Returns the kind of the largest batch of checks. */
  static CallKind mostChecks() {
    return checks(3 * QueryRequests.MAX_BATCH);
  }

  private static CallKind checks(int keys) {
    return new CallKind(Scope.READ, Priority.BATCH, 1 + keys / KEYS_PER_UNIT);
  }

  /** Returns the kind of a list of so many rows, which need not be a valid number. */
  static CallKind list(Scope scope, int rows) {
    return new CallKind(
        scope, Priority.BATCH, 1 + Math.clamp(rows, 0, QueryRequests.MAX_PAGE) / ROWS_PER_UNIT);
  }

  /**
   * As {@link #list}, of users or organizations, each of which is read.
   *
   * @param isOfAll whether the list has neither a prefix nor a label: then the names that begin
   *     with each character may have to be read one after the other
   */
  static CallKind accounts(int rows, boolean isOfAll) {
    int keys = Math.clamp(rows == 0 ? QueryRequests.DEFAULT_PAGE : rows, 0, AccountPages.MAX_PAGE);
    int reads = isOfAll ? keys + FIRST_CHARACTERS : keys;
    return new CallKind(Scope.LIST, Priority.BATCH, 1 + reads / KEYS_PER_UNIT);
  }

  boolean isChange() {
    return priority == Priority.CHANGE;
  }
}
