package accounts.local;

/** Why the backends or the command could not be started, in one line for a person. */
final class StartFailure extends RuntimeException {

  private final int exitCode;

  StartFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
