package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One instance of the service in a JVM of its own; its address stays the same over restarts. */
public final class ServerProcess implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** As the probes of k8s/base/deployment.yaml have it. */
  private static final Duration PROBE = Duration.ofSeconds(5);

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
  private @Nullable CompilerThreads compilers;

  private ServerProcess(Map<String, String> environment, ServerProgram program, Path log) {
    this.program = program;
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  /**
   * Creates an instance that is not started yet.
   *
   * @param log the file for its output
   */
  public static ServerProcess of(Map<String, String> environment, ServerProgram program, Path log) {
    return new ServerProcess(environment, program, log);
  }

  /**
   * Never the same port twice, and none that the system gives to clients: while the server is down,
   * a client could get its port, and even connect to itself there.
   */
  static int freePort() {
    return IntStream.generate(() -> FIRST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS))
        .limit(PORTS)
        .filter(ServerProcess::isFree)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "no free port between %d and %d".formatted(FIRST_PORT, FIRST_PORT + PORTS - 1)));
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

  /** Returns the address of its metrics. */
  URI metrics() {
    return URI.create("http://127.0.0.1:" + adminPort + "/metrics");
  }

  /** Starts the instance; does nothing if it runs. */
  public void start() {
    start(program);
  }

  /** Returns the default program of this instance. */
  ServerProgram program() {
    return program;
  }

  /**
   * Starts the instance with another program; does nothing if it runs.
   *
   * @param other the program to run until the instance ends
   */
  synchronized void start(ServerProgram other) {
    try {
      if (process == null || !process.isAlive()) {
        Process started = builder(other).start();
        process = started;
        compilers = new CompilerThreads(Path.of("/proc", String.valueOf(started.pid()), "task"));
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
   * Waits until the instance listens.
   *
   * @throws IllegalStateException if it ends or does not listen in time
   */
  public void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!isAlive() || !listens()) {
      if (!isAlive() || System.nanoTime() - end > 0) {
        throw new IllegalStateException("a server did not start; its output: " + log);
      }
      Thread.sleep(50);
    }
  }

  /**
   * Waits until the instance says that it is ready, as Kubernetes asks it.
   *
   * @throws IllegalStateException if it ends or is not ready in time
   */
  public void awaitServing(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!isServing()) {
      if (!isAlive() || System.nanoTime() - end > 0) {
        throw new IllegalStateException("a server did not get ready; its output: " + log);
      }
      Thread.sleep(20);
    }
  }

  private synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  private boolean isServing() {
    try {
      URI ready = URI.create("http://127.0.0.1:" + adminPort + "/ready");
      HttpURLConnection asked = (HttpURLConnection) ready.toURL().openConnection();
      asked.setConnectTimeout((int) PROBE.toMillis());
      asked.setReadTimeout((int) PROBE.toMillis());
      return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
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
   * Returns the processor time that the instance has used since its start.
   *
   * @throws IllegalStateException if it does not run, or the system does not report it
   */
  public synchronized Duration processorTime() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("no processor time: the server is not running");
    }
    return running
        .info()
        .totalCpuDuration()
        .orElseThrow(() ->
            new IllegalStateException(
                "the system reports no processor time of process " + running.pid()));
  }

  /**
   * Returns what of {@link #processorTime} the compilers of the instance's JVM have used; zero if
   * the system does not report it.
   */
  public synchronized Duration compilersTime() {
    CompilerThreads threads = compilers;
    if (threads == null) {
      throw new IllegalStateException("no processor time: the server is not running");
    }
    return threads.taken();
  }

  /**
   * Attaches to the JVM of the instance; the caller closes the probe.
   *
   * @throws IllegalStateException if it does not run
   */
  public synchronized JvmProbe probe() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("the server is not running; its output: " + log);
    }
    return JvmProbe.attach(running.pid());
  }

  /** Returns how much memory the instance has resident now, in MiB, as Linux reports it. */
  public synchronized long residentMebibytes() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("the server is not running; its output: " + log);
    }
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + running.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many lines the instance has written so far. */
  public long lines() {
    return output().lines().count();
  }

  /**
   * Suspends the instance, as {@code kill -STOP} does: none of its threads runs until it is
   * resumed.
   */
  void suspend() throws InterruptedException {
    signal("STOP");
  }

  /** Resumes the suspended instance. */
  void resume() throws InterruptedException {
    signal("CONT");
  }

  private synchronized void signal(String name) throws InterruptedException {
    if (process == null) {
      throw new IllegalStateException("the server is not running; its output: " + log);
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

  /** Waits until the instance ends by itself; returns its exit code, or empty if it still runs. */
  public OptionalInt awaitExit(Duration atMost) throws InterruptedException {
    Process running;
    synchronized (this) {
      running = process;
    }
    return running != null && running.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(running.exitValue())
        : OptionalInt.empty();
  }

  /** Returns the output of the instance so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the instance in good order, by SIGTERM. */
  public synchronized void terminate() {
    if (process != null) {
      process.destroy();
    }
  }

  /** Kills the instance, as {@code kill -9} does. */
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
