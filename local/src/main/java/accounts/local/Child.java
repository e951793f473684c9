package accounts.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command that runs against the backends, with this process's standard streams. */
final class Child implements AutoCloseable {

  private static final int NOT_FOUND = 127; // the exit code of shells for an unknown command
  private static final int PATIENCE_SECONDS = 15;

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts the command.
   *
   * @param environment variables in addition to those of this process
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

  /** Waits until the command ends; returns its exit code. */
  int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /** Terminates the command, by force if it does not end within 15 seconds. */
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
