package accounts.bench.load;

import accounts.bench.load.Sample.Ending;
import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A load of FRESH reads and changes of users by a plain gRPC client in Node.js, which knows of the
 * service what every caller in another language does: the protos and the service config. It is a
 * process of its own ({@code bench/src/main/node/load.mjs}).
 */
final class NodeLoad implements CallerLoad {

  private static final long END_SECONDS = 20;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String DROPPED = "DROPPED";
  private static final Gson JSON = new Gson();

  /** What the program is to do. */
  private record Task(
      List<String> addresses,
      String token,
      String proto,
      List<String> users,
      double reads,
      double writes) {}

  /** What the name of the service is resolved to from now on. */
  private record Change(List<String> addresses) {}

  /**
   * What the program prints: an ended call, or the attempts so far.
   *
   * @param call what was called, absent in a line about attempts
   * @param millis from when it was sent
   * @param code of gRPC
   * @param attempts by address, absent in a line about a call
   * @param calls the calls that these attempts were made for
   */
  private record Line(
      @Nullable String call,
      double millis,
      @Nullable String code,
      @Nullable Map<String, Long> attempts,
      long calls) {}

  private final Process process;
  private final Thread reader;
  private final SampleLog samples = new SampleLog();
  private volatile Map<String, Long> byAddress = Map.of();
  private volatile long retries;

  /**
   * Starts the load.
   *
   * @param program an installed {@code load.mjs}
   * @param proto the folder of the contract
   * @param addresses of all instances, each as {@code host:port}
   * @param token of the caller
   * @param reads a second
   * @param writes a second
   */
  NodeLoad(
      Path program,
      Path proto,
      List<String> addresses,
      String token,
      Population users,
      double reads,
      double writes) {
    this.process = started(program);
    this.reader = Thread.ofPlatform().name("load in Node.js").daemon().start(this::readAll);
    send(new Task(addresses, token, proto.toString(), users.usernames(), reads, writes));
  }

  private static Process started(Path program) {
    try {
      return new ProcessBuilder("node", program.toString())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("node did not start; it needs Node.js 20 or newer", e);
    }
  }

  /** The writer stays open: its end is the end of the load. */
  private void send(Object line) {
    try {
      Writer input = process.outputWriter();
      input.write(JSON.toJson(line));
      input.write('\n');
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the load in Node.js ended early", e);
    }
  }

  private void readAll() {
    try (BufferedReader output = process.inputReader()) {
      output.lines().map(line -> JSON.fromJson(line, Line.class)).forEach(this::record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void record(Line line) {
    if (line.attempts() != null) {
      byAddress = Map.copyOf(line.attempts());
      long attempts = byAddress.values().stream().mapToLong(count -> count).sum();
      // A call that waits for a connection has no attempt yet.
      retries = Math.max(retries, attempts - line.calls());
    } else {
      ended(line);
    }
  }

  private void ended(Line line) {
    long sent = System.nanoTime() - (long) (line.millis() * NANOS_PER_MILLI);
    if (DROPPED.equals(line.code())) {
      samples.dropped(sent);
    } else if ("OK".equals(line.code())) {
      samples.ended(sent, "read".equals(line.call()) ? Ending.HIT : Ending.ACKNOWLEDGED, "");
    } else {
      samples.ended(sent, Ending.FAILED, String.valueOf(line.code()));
    }
  }

  @Override
  public String name() {
    return "Node.js";
  }

  @Override
  public Samples in(Period period) {
    return samples.in(period);
  }

  @Override
  public long retries() {
    return retries;
  }

  @Override
  public Map<String, Long> byAddress() {
    return byAddress;
  }

  @Override
  public void resolveTo(List<String> addresses) {
    send(new Change(addresses));
  }

  @Override
  public void close() {
    try {
      process.outputWriter().close();
      if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        reader.join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
