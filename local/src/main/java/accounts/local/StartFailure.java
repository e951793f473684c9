package accounts.local;

/** The reason why the backends or the command did not start, as a one-line message. */
final class StartFailure extends RuntimeException {

  private static final int UNAVAILABLE = 69; // EX_UNAVAILABLE of sysexits.h

  private final int exitCode;

  StartFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /**
   * Creates the failure for a port in use.
   *
   * @param option the command-line option to choose another port
   */
  static StartFailure portTaken(int port, String option, Throwable cause) {
    return new StartFailure(
        UNAVAILABLE, "port " + port + " is taken; choose another with " + option, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
