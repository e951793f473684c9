package accounts.bench.speed;

import accounts.bench.harness.JvmProbe;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProcess;
import accounts.bench.harness.ServerProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A server that is measured, in a process of its own. For one thread. */
final class Subject implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  /** What runs the server. */
  enum Program {
    /** The service, which says when it is ready. */
    SERVICE,
    /** Another program for a JVM. */
    JVM,
    /** A program that is not for a JVM, and whose allocation is not known. */
    OTHER
  }

  private final ServerProcess process;
  private final Program program;
  private final Supplier<Units> units;
  private Optional<JvmProbe> probe = Optional.empty();

  private Subject(ServerProcess process, Program program, Supplier<Units> units) {
    this.process = process;
    this.program = program;
    this.units = units;
  }

  /**
   * Starts a server; returns at once.
   *
   * @param units what its backends have counted so far
   */
  static Subject start(
      String name,
      ServerCommand command,
      Program program,
      Map<String, String> environment,
      Supplier<Units> units,
      Path logs) {
    Path log = logs.resolve(name.replace(' ', '-') + ".log");
    ServerProcess process = ServerProcess.of(environment, ServerProgram.of(command), log);
    process.start();
    return new Subject(process, program, units);
  }

  /** Waits until the server takes calls. */
  void awaitReady() throws InterruptedException {
    if (program == Program.SERVICE) {
      process.awaitServing(START);
    } else {
      process.awaitReady();
    }
  }

  String address() {
    return process.address();
  }

  /** Returns the processor time that the server has taken so far, but for its compilers. */
  Duration processorTime() {
    return process.processorTime().minus(process.compilersTime());
  }

  /** Returns the processor time that its compilers have taken so far. */
  Duration compilersTime() {
    return process.compilersTime();
  }

  /** Returns what is paid for, as far as its backends have counted it. */
  Units units() {
    return units.get();
  }

  /** Returns how many bytes the server has allocated so far; 0 if that is not known. */
  long allocatedBytes() {
    return program == Program.OTHER ? 0 : attached().allocatedBytes();
  }

  /** Returns how long the server has compiled its code so far; zero if that is not known. */
  Duration compilationTime() {
    return program == Program.OTHER ? Duration.ZERO : attached().compilationTime();
  }

  private JvmProbe attached() {
    JvmProbe attached = probe.orElseGet(process::probe);
    probe = Optional.of(attached);
    return attached;
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
