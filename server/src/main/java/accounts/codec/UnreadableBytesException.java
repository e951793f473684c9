package accounts.codec;

/**
 * Says that bytes are not what this instance understands: damaged, or written by something else.
 */
public final class UnreadableBytesException extends Exception {

  /** Says what was found instead. */
  public UnreadableBytesException(String message) {
    super(message);
  }

  /** Takes over what a parser said. */
  public UnreadableBytesException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
