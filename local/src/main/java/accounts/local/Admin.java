package accounts.local;

import accounts.local.faults.Rule;
import accounts.local.faults.RuleText;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP server by which other processes control the faults of a {@link LocalCache}: requests are
 * short texts, responses JSON. {@code local/README.md} lists the calls. It has a port of its own,
 * so that it works while the cache is stopped.
 */
public final class Admin implements AutoCloseable {

  private static final int MAXIMUM_REQUEST_BYTES = 10_000;

  private final LocalCache cache;
  private final HttpServer server;
  private final Gson json = new GsonBuilder().disableHtmlEscaping().create();

  private Admin(LocalCache cache, HttpServer server) {
    this.cache = cache;
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @param port the port; 0 for any free port
   * @throws PortTakenException if the port is in use
   */
  public static Admin start(LocalCache cache, int port) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(cache.host(), port), 0);
      Admin admin = new Admin(cache, server);
      server.createContext("/", admin::handle);
      server.start();
      return admin;
    } catch (IOException e) {
      throw PortTakenException.explains(e)
          ? new PortTakenException(port, e)
          : new UncheckedIOException(e);
    }
  }

  /** Returns {@code host:port}. */
  public String endpoint() {
    return cache.host() + ":" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      respond(exchange);
    }
  }

  private void respond(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAXIMUM_REQUEST_BYTES);
    String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
    String call = exchange.getRequestMethod() + " " + path[0];
    try {
      send(exchange, 200, answer(call, path, new String(body, StandardCharsets.UTF_8).strip()));
    } catch (IllegalArgumentException | IllegalStateException | StatusRuntimeException e) {
      send(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
    }
  }

  private Object answer(String call, String[] path, String body) {
    return switch (call) {
      case "GET faults" -> faults();
      case "GET items" -> new TreeMap<>(cache.door(LocalCache.MAIN).items());
      case "POST faults" -> Map.of("id", cache.faults().add(RuleText.parse(body)));
      case "DELETE faults" -> remove(path);
      case "POST flush" -> done(() -> cache.flush(body));
      case "POST forget" -> forget(path, body);
      case "POST stop" -> done(cache::stop);
      case "POST restart" -> done(cache::restart);
      case "POST doors" -> doors(path, body);
      default ->
          throw new IllegalArgumentException(
              call + " (expected: a call listed in local/README.md)");
    };
  }

  private Map<String, Object> faults() {
    Map<String, Long> counts = new LinkedHashMap<>();
    cache.faults().counts().forEach((fault, count) -> counts.put(fault.text(), count));
    return Map.of("counts", counts, "rules", rules());
  }

  private List<Map<String, Object>> rules() {
    return cache.faults().rules().entrySet().stream().map(entry -> rule(entry)).toList();
  }

  private Map<String, Object> rule(Map.Entry<Long, Rule> entry) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", entry.getKey());
    rule.put("rule", RuleText.format(entry.getValue()));
    rule.put("injected", cache.faults().injected(entry.getKey()));
    return rule;
  }

  private Map<String, Object> remove(String[] path) {
    if (path.length > 1) {
      return Map.of("removed", cache.faults().remove(Long.parseLong(path[1])));
    }
    return done(cache.faults()::clear);
  }

  private Map<String, Object> forget(String[] path, String text) {
    if (path.length != 2 || text.isEmpty()) {
      throw new IllegalArgumentException(
          "path: /"
              + String.join("/", path)
              + " (expected: /forget/CACHE, with a part of the keys as body)");
    }
    return Map.of("forgotten", cache.forget(path[1], key -> key.contains(text)));
  }

  private Map<String, Object> doors(String[] path, String body) {
    if (path.length == 1) {
      return Map.of("client", body, "endpoint", cache.openDoor(body).endpoint());
    }
    Door door = cache.door(path[1]);
    return switch (path[path.length - 1]) {
      case "close" -> done(door::close);
      case "open" -> done(door::open);
      default ->
          throw new IllegalArgumentException(
              "path: /"
                  + String.join("/", path)
                  + " (expected: /doors/CLIENT/close or /doors/CLIENT/open)");
    };
  }

  private static Map<String, Object> done(Runnable action) {
    action.run();
    return Map.of("done", true);
  }

  private void send(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] bytes = (json.toJson(answer) + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Stops the server; the cache stays as it is. */
  @Override
  public void close() {
    server.stop(0);
  }
}
