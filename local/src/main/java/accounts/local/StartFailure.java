package accounts.local;

import java.util.Locale;

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
