package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One instance of the service in a JVM of its own, always at the same address. */
public final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 10_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private final int port = freePort();
  private final int adminPort = freePort();
  private final Map<String, String> environment;
  private final Path log;
  private final ServerProgram program;
  private @Nullable Process process;

  private ServerProcess(Map<String, String> environment, ServerProgram program, Path log) {
    this.program = program;
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  /**
   * Describes one that is not started yet.
   *
   * @param log where its output goes
   */
  public static ServerProcess of(Map<String, String> environment, ServerProgram program, Path log) {
    return new ServerProcess(environment, program, log);
  }

  /**
   * Never the same twice, and none that the system hands out to clients: while the server is down,
   * one of them could get it, and even connect to itself there.
   */
  private static int freePort() {
    return IntStream.generate(() -> FIRST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS))
        .limit(PORTS)
        .filter(ServerProcess::isFree)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free port from " + FIRST_PORT + " on"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Returns {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Returns where its metrics are. */
  URI metrics() {
    return URI.create("http://127.0.0.1:" + adminPort + "/metrics");
  }

  /** Starts it; does nothing if it runs. */
  public void start() {
    start(program);
  }

  /** Returns what it runs unless told otherwise. */
  ServerProgram program() {
    return program;
  }

  /**
   * Starts it; does nothing if it runs.
   *
   * @param other what it runs until it ends
   */
  synchronized void start(ServerProgram other) {
    try {
      if (process == null || !process.isAlive()) {
        process = builder(other).start();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(ServerProgram other) {
    ProcessBuilder builder = new ProcessBuilder(other.command().line()).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("ACCOUNTS_GRPC_PORT", String.valueOf(port));
    builder.environment().put("ACCOUNTS_ADMIN_PORT", String.valueOf(adminPort));
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * Returns when it listens.
   *
   * @throws IllegalStateException if it ends instead
   */
  public void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isAlive() || !listens()) {
      if (!isAlive() || System.nanoTime() - end > 0) {
        throw new IllegalStateException("a server did not start: see " + log);
      }
      Thread.sleep(50);
    }
  }

  private synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns the processor time that it has taken since it was started.
   *
   * @throws IllegalStateException if it does not run, or the system does not tell
   */
  public synchronized Duration processorTime() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("not started (expected: a server that runs)");
    }
    return running
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("no processor time of " + running.pid()));
  }

  /** Stops it as {@code kill -STOP} does: none of its threads runs until it is continued. */
  void suspend() throws InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  void resume() throws InterruptedException {
    signal("CONT");
  }

  private synchronized void signal(String name) throws InterruptedException {
    if (process == null) {
      throw new IllegalStateException("no process to signal: see " + log);
    }
    try {
      String pid = String.valueOf(process.pid());
      int code = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -%s %s: exit code %d".formatted(name, pid, code));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it ends by itself, and returns its exit code; empty if it still runs then. */
  OptionalInt awaitExit(Duration atMost) throws InterruptedException {
    Process running;
    synchronized (this) {
      running = process;
    }
    return running != null && running.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(running.exitValue())
        : OptionalInt.empty();
  }

  /** Returns what it has printed so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as {@code kill -9} does. */
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    kill();
    try {
      Process killed = process;
      if (killed != null) {
        killed.waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
