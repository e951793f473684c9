package accounts.metrics;

import accounts.async.Futures;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import org.jspecify.annotations.Nullable;

/** How a call of the store ends. */
enum StoreResult {
  OK,
  /** Shed: too many reads in flight. */
  SHED,
  THROTTLED,
  UNAVAILABLE,
  /** The caller disconnected, or an internal error. */
  FAILED;

  /**
   * @param failure of the call; null if it did not fail
   */
  static StoreResult of(@Nullable Throwable failure) {
    if (failure == null) {
      return OK;
    }
    return Futures.cause(failure) instanceof AccountException account
        ? of(account.error())
        : FAILED;
  }

  private static StoreResult of(AccountError error) {
    if (error instanceof AccountError.Overloaded) {
      return SHED;
    }
    if (error instanceof AccountError.StoreThrottled) {
      return THROTTLED;
    }
    return error instanceof AccountError.StoreUnavailable ? UNAVAILABLE : FAILED;
  }
}
