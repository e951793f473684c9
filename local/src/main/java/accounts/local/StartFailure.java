package accounts.local;

/** Why the backends or the command could not be started, in one line for a person. */
final class StartFailure extends RuntimeException {

  private static final int UNAVAILABLE = 69; // EX_UNAVAILABLE of sysexits.h

  private final int exitCode;

  StartFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /**
   * Says that a port is taken.
   *
   * @param option by which another one is chosen
   */
  static StartFailure portTaken(int port, String option, Throwable cause) {
    return new StartFailure(
        UNAVAILABLE, "port " + port + " is taken; choose another with " + option, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
