package accounts.domain;

import org.jspecify.annotations.Nullable;

/** Carries an {@link AccountError} through futures. */
public final class AccountException extends RuntimeException {

  private final transient AccountError error;

  /**
   * An error that the rules found: no cause, and no stack trace, since it is an answer and not a
   * fault.
   */
  public AccountException(AccountError error) {
    super(error.toString(), null, false, false);
    this.error = error;
  }

  /**
   * An error that something below caused.
   *
   * @param cause for the log; never shown to callers
   */
  public AccountException(AccountError error, @Nullable Throwable cause) {
    super(error.toString(), cause);
    this.error = error;
  }

  /** Returns what went wrong. */
  public AccountError error() {
    return error;
  }
}
