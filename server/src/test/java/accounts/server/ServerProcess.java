package accounts.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as a process of its own, started as {@code make serve} does. */
final class ServerProcess implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("ready: gRPC on [^ ]+:(\\d+)");

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CompletableFuture<Void> read;

  private ServerProcess(Process process) {
    this.process = process;
    this.read = CompletableFuture.runAsync(this::read, task -> Thread.ofVirtual().start(task));
  }

  /**
   * Starts one.
   *
   * @param environment all that it sees of variables that it reads
   */
  static ServerProcess start(Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    // The coverage of children counts too.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
        .forEach(command::add);
    command.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= 24) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(ACCOUNTS|AWS|MOMENTO|JAVA_TOOL)_.*"));
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().putAll(environment);
    try {
      return new ServerProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          port.complete(Integer.valueOf(ready.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      port.completeExceptionally(new IllegalStateException("ended before it was ready"));
    }
  }

  /** Waits until it says that it is ready, and returns the port that it names. */
  int awaitReady() {
    try {
      return port.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("not ready: " + output(), e);
    }
  }

  /** Waits until it has written a line that contains a text. */
  void awaitLine(String text) {
    var unused = Eventually.get(this::output, lines -> containsIn(lines, text));
  }

  private static boolean containsIn(List<String> lines, String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }

  /** Waits for its end and returns the exit code. */
  int awaitExit() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("still there: " + output());
      }
      read.get(10, TimeUnit.SECONDS);
      return process.exitValue();
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("no end: " + output(), e);
    }
  }

  /** Returns the lines that it wrote so far, to either stream. */
  List<String> output() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  // By the handle: the process itself would close its streams, and its last words were lost.

  /** Sends SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGKILL. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    awaitExit();
  }
}
