package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final List<String> JVM =
      List.of(
          "-Xmx128m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED");

  private final int port = freePort();
  private final int adminPort = freePort();
  private final Map<String, String> environment;
  private final Path log;
  private @Nullable Process process;

  private ServerProcess(Map<String, String> environment, Path log) {
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  /**
   * Describes one that is not started yet.
   *
   * @param log where its output goes
   */
  static ServerProcess of(Map<String, String> environment, Path log) {
    return new ServerProcess(environment, log);
  }

  /**
   * This JVM and its classpath, on which the server is too; the system property {@code
   * bench.server.classpath} names that of another build.
   */
  private static List<String> command() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(JVM);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("bench.server.classpath", System.getProperty("java.class.path")),
            "accounts.server.Main"));
    return command;
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
  void start() {
    start(Map.of());
  }

  /**
   * Starts it; does nothing if it runs.
   *
   * @param changed variables that are other than usual until it ends
   */
  synchronized void start(Map<String, String> changed) {
    try {
      if (process == null || !process.isAlive()) {
        process = builder(changed).start();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(Map<String, String> changed) {
    ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("ACCOUNTS_GRPC_PORT", String.valueOf(port));
    builder.environment().put("ACCOUNTS_ADMIN_PORT", String.valueOf(adminPort));
    builder.environment().putAll(environment);
    builder.environment().putAll(changed);
    return builder;
  }

  /**
   * Returns when it listens.
   *
   * @throws IllegalStateException if it ends instead
   */
  void awaitReady() throws InterruptedException {
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

  /** Ends it as {@code kill -9} does. */
  synchronized void kill() {
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
