package accounts.domain;

import org.jspecify.annotations.Nullable;

/** Carries an {@link AccountError} through futures. */
public final class AccountException extends RuntimeException {

  private final transient AccountError error;

  /** An exception without a cause or a stack trace, for a refusal: it is an answer, not a fault. */
  public AccountException(AccountError error) {
    super(error.toString(), null, false, false);
    this.error = error;
  }

  /**
   * An exception for an error that has a cause.
   *
   * @param cause for the log; never shown to callers
   */
  public AccountException(AccountError error, @Nullable Throwable cause) {
    super(error.toString(), cause);
    this.error = error;
  }

  /** Returns the error. */
  public AccountError error() {
    return error;
  }
}
