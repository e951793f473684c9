package accounts.local;

import java.util.Locale;

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
    String variable = option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    return new StartFailure(
        UNAVAILABLE,
        "port %d is taken; choose another with %s, or make run %s=..."
            .formatted(port, option, variable),
        cause);
  }

  int exitCode() {
    return exitCode;
  }
}
