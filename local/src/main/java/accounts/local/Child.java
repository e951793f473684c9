package accounts.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command that runs against the backends, on the terminal of this process. */
final class Child implements AutoCloseable {

  private static final int NOT_FOUND = 127; // what a shell says of a command that it cannot start
  private static final int PATIENCE_SECONDS = 15;

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param environment what it sees beside the environment of this process
   * @throws StartFailure if there is no such program
   */
  static Child start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    try {
      return new Child(builder.start());
    } catch (IOException e) {
      throw new StartFailure(NOT_FOUND, String.valueOf(e.getMessage()), e);
    }
  }

  /** Waits for its end and returns its exit code. */
  int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /** Asks it to end, and ends it if it does not within 15 seconds. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
