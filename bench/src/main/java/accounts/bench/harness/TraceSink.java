package accounts.bench.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** A collector of OpenTelemetry that takes everything and keeps nothing. */
public final class TraceSink implements AutoCloseable {

  private final HttpServer server;

  private TraceSink(HttpServer server) {
    this.server = server;
  }

  /** Opens one on a free port of this machine. */
  public static TraceSink open() {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      server.createContext("/", TraceSink::take);
      server.start();
      return new TraceSink(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /**
   * Returns what makes a server send it its traces.
   *
   * @param share of the calls that are traced, from 0 to 1
   */
  public Map<String, String> environment(double share) {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "OTEL_TRACES_SAMPLER",
        "parentbased_traceidratio",
        "OTEL_TRACES_SAMPLER_ARG",
        Double.toString(share));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
