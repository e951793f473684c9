package accounts.bench.speed;

import accounts.bench.load.Report;
import accounts.v1.Consistency;
import accounts.v1.GetUserRequest;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code h2load} of nghttp2 as an independent witness of throughput, for one hot user. It is
 * written in C and takes less of the processor than gRPC's client, so it shows more of a server's
 * own speed. It counts every HTTP response 200 as a success, whatever its {@code grpc-status}.
 */
final class Witness {

  private static final Pattern RATE = Pattern.compile("([\\d.]+) req/s");
  private static final int SECONDS = 2;

  private final Path body;

  private Witness(Path body) {
    this.body = body;
  }

  /** Returns whether h2load is installed. */
  static boolean isHere() {
    try {
      return new ProcessBuilder("h2load", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Compares two servers in turns, and adds the result to a report.
   *
   * @param folder for the request
   */
  static void compare(
      Subject echo, Subject service, String username, int rounds, Path folder, Report report)
      throws InterruptedException {
    GetUserRequest request =
        GetUserRequest.newBuilder()
            .setUsername(username)
            .setConsistency(Consistency.CONSISTENCY_BOUNDED)
            .build();
    Witness witness = new Witness(written(request, folder.resolve("request.bin")));
    Measured bare = new Measured();
    Measured bounded = new Measured();
    for (int i = 0; i < rounds; i++) {
      bare.add(witness.measure(echo));
      bounded.add(witness.measure(service));
    }
    report.line(
        "h2load, 4 connections of 50 calls, one user: bare echo %,.0f calls/s, %.1f µs; BOUNDED hit %,.0f calls/s (%.2f ×), %.1f µs (%.2f ×)%n"
            .formatted(
                bare.perSecond(),
                bare.micros(),
                bounded.perSecond(),
                bounded.perSecond() / bare.perSecond(),
                bounded.micros(),
                bounded.micros() / bare.micros()));
  }

  /** A message of gRPC: not compressed, its length, its bytes. */
  private static Path written(MessageLite request, Path file) {
    byte[] bytes = request.toByteArray();
    ByteBuffer framed = ByteBuffer.allocate(1 + Integer.BYTES + bytes.length);
    framed.put((byte) 0).putInt(bytes.length).put(bytes);
    try {
      return Files.write(file, framed.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Throughput measure(Subject server) throws InterruptedException {
    long before = server.processorTime().toNanos();
    double perSecond = rate(run(server.address()));
    double micros = (server.processorTime().toNanos() - before) / 1e3;
    return new Throughput(perSecond, micros / (perSecond * SECONDS), 0, 0, Units.NONE);
  }

  private String run(String address) throws InterruptedException {
    List<String> command =
        List.of(
            "h2load",
            "-c4",
            "-m50",
            "-D" + SECONDS,
            "-d" + body,
            "-Hcontent-type: application/grpc",
            "-Hte: trailers",
            "http://" + address + "/accounts.v1.AccountService/GetUser");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double rate(String output) {
    Matcher matcher = RATE.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("h2load printed no rate: " + output);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
