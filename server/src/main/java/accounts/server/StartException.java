package accounts.server;

/** Says in one line why the server cannot start although its configuration is right. */
final class StartException extends Exception {

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
