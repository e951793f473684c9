package accounts.server;

/**
 * Thrown if the server cannot start although its configuration is valid; the message is one line.
 */
final class StartException extends Exception {

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
