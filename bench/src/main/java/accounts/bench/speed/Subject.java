package accounts.bench.speed;

import accounts.bench.harness.JvmProbe;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProcess;
import accounts.bench.harness.ServerProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A server that is measured, in a process of its own. For one thread. */
final class Subject implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  private final ServerProcess process;
  private final boolean isService;
  private Optional<JvmProbe> probe = Optional.empty();

  private Subject(ServerProcess process, boolean isService) {
    this.process = process;
    this.isService = isService;
  }

  /**
   * Starts a server; returns at once.
   *
   * @param isService whether it says when it is ready
   */
  static Subject start(
      String name,
      ServerCommand command,
      boolean isService,
      Map<String, String> environment,
      Path logs) {
    Path log = logs.resolve(name.replace(' ', '-') + ".log");
    ServerProcess process = ServerProcess.of(environment, ServerProgram.of(command), log);
    process.start();
    return new Subject(process, isService);
  }

  /** Waits until the server takes calls. */
  void awaitReady() throws InterruptedException {
    if (isService) {
      process.awaitServing(START);
    } else {
      process.awaitReady();
    }
  }

  String address() {
    return process.address();
  }

  /** Returns the processor time that the server has taken so far. */
  Duration processorTime() {
    return process.processorTime();
  }

  /** Returns how many bytes the server has allocated so far. */
  long allocatedBytes() {
    JvmProbe attached = probe.orElseGet(process::probe);
    probe = Optional.of(attached);
    return attached.allocatedBytes();
  }

  long residentMebibytes() {
    return process.residentMebibytes();
  }

  @Override
  public void close() {
    probe.ifPresent(JvmProbe::close);
    process.close();
  }
}
