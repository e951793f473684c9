package accounts.grpc;

import accounts.identity.Scope;
import accounts.overload.Priority;

/**
 * What a call needs: of its caller, and of this instance.
 *
 * @param scope without which its caller is refused
 * @param units about how many single reads it is worth
 */
record CallKind(Scope scope, Priority priority, int units) {

  static final CallKind READ = new CallKind(Scope.READ, Priority.READ, 1);

  /** Of one check of access, which reads two keys. */
  static final CallKind CHECK = new CallKind(Scope.READ, Priority.READ, 2);

  static final CallKind CHANGE = new CallKind(Scope.WRITE, Priority.CHANGE, 2);

  static final CallKind SUSPENSION = new CallKind(Scope.SUSPEND, Priority.CHANGE, 2);

  static final CallKind DELETION = new CallKind(Scope.DELETE, Priority.CHANGE, 2);

  /** Of the opening of a watch; while it is open it takes no place among calls. */
  static final CallKind WATCH = new CallKind(Scope.WATCH, Priority.READ, 2);

  private static final int KEYS_PER_UNIT = 10;
  private static final int ROWS_PER_UNIT = 100;

  /** Returns the kind of a batch of so many keys, which may be more than are valid. */
  static CallKind batch(int keys) {
    return new CallKind(
        Scope.READ, Priority.BATCH, 1 + Math.min(keys, QueryRequests.MAX_BATCH) / KEYS_PER_UNIT);
  }

  /** Returns the kind of so many checks of access, each of which reads two keys. */
  static CallKind checks(int checks) {
    return new CallKind(
        Scope.READ,
        Priority.BATCH,
        1 + 2 * Math.min(checks, QueryRequests.MAX_BATCH) / KEYS_PER_UNIT);
  }

  /** Returns the kind of a list of so many rows, which need not be a valid number. */
  static CallKind list(Scope scope, int rows) {
    return new CallKind(
        scope, Priority.BATCH, 1 + Math.clamp(rows, 0, QueryRequests.MAX_PAGE) / ROWS_PER_UNIT);
  }

  boolean isChange() {
    return priority == Priority.CHANGE;
  }
}
