package accounts.codec;

/** Thrown for bytes that this version cannot decode: damaged, or written by something else. */
public final class UnreadableBytesException extends Exception {

  /** An exception that says what was found. */
  public UnreadableBytesException(String message) {
    super(message);
  }

  /** An exception with a parser's failure as its cause. */
  public UnreadableBytesException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
