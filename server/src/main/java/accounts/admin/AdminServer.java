package accounts.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The admin port: {@code /metrics} for Prometheus, by its client library's own handler, {@code
 * /live} and {@code /ready} for probes and people. It has threads of its own, so that it answers
 * however busy or stuck those are that handle calls. It shows no names and changes nothing.
 */
public final class AdminServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  /** So many that clients which send half a request do not keep probes out. */
  private static final int THREADS = 32;

  private static final String TEXT = "text/plain; charset=utf-8";

  // The JDK's server reads these from system properties only, once; without them a client that
  // sends half a request holds a thread for good.
  static {
    System.setProperty("sun.net.httpserver.maxReqTime", "2");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final HttpHandler metrics;
  private final BooleanSupplier live;
  private final BooleanSupplier ready;

  private AdminServer(
      HttpServer server, PrometheusRegistry registry, BooleanSupplier live, BooleanSupplier ready) {
    this.server = server;
    this.threads = threads();
    this.metrics = new MetricsHandler(PrometheusProperties.get(), registry);
    this.live = live;
    this.ready = ready;
  }

  /** Requests that arrive while all threads are busy are refused. */
  private static ExecutorService threads() {
    return new ThreadPoolExecutor(
        0,
        THREADS,
        1,
        TimeUnit.MINUTES,
        new SynchronousQueue<>(),
        Thread.ofPlatform().daemon().name("admin-", 0).factory(),
        new ThreadPoolExecutor.AbortPolicy());
  }

  /**
   * Starts a server and returns it.
   *
   * @param port 0 for a free one
   * @param live whether the process should go on; never waits
   * @param ready whether the service takes calls; never waits
   * @throws IOException if the address cannot be listened on
   */
  public static AdminServer start(
      String host,
      int port,
      PrometheusRegistry registry,
      BooleanSupplier live,
      BooleanSupplier ready)
      throws IOException {
    HttpServer http = HttpServer.create(new InetSocketAddress(host, port), 0);
    AdminServer admin = new AdminServer(http, registry, live, ready);
    http.createContext("/", admin::answer);
    http.setExecutor(admin.threads);
    http.start();
    return admin;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" -> metrics.handle(exchange);
        case "/live" -> answer(exchange, live, "live");
        case "/ready" -> answer(exchange, ready, "ready");
        default -> answer(exchange, NOT_FOUND, "not found (expected: /metrics, /live or /ready)");
      }
    }
  }

  private static void answer(HttpExchange exchange, BooleanSupplier state, String name)
      throws IOException {
    boolean is = state.getAsBoolean();
    answer(exchange, is ? OK : UNAVAILABLE, is ? name : "not " + name);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", TEXT);
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
