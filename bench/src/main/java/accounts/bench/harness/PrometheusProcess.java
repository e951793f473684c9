package accounts.bench.harness;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A Prometheus in a process of its own, which scrapes the instances of a cluster once a second and
 * evaluates alert rules.
 */
public final class PrometheusProcess implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI api;
  private final Path log;

  private PrometheusProcess(Process process, int port, Path log) {
    this.process = process;
    this.api = URI.create("http://127.0.0.1:%d/api/v1/".formatted(port));
    this.log = log;
  }

  /**
   * Starts Prometheus, which may not answer yet.
   *
   * @param rules a file of alert rules
   * @param folder for its configuration, data and output
   * @throws IllegalStateException if there is no command {@code prometheus}
   */
  public static PrometheusProcess start(Cluster cluster, Path rules, Path folder) {
    int port = ServerProcess.freePort();
    Path log = folder.resolve("prometheus.log");
    try {
      Files.createDirectories(folder);
      Path configuration = folder.resolve("prometheus.yaml");
      Files.writeString(configuration, configuration(cluster, rules));
      Process process =
          new ProcessBuilder(
                  "prometheus",
                  "--config.file=" + configuration,
                  "--storage.tsdb.path=" + Files.createTempDirectory(folder, "prometheus"),
                  "--web.listen-address=127.0.0.1:" + port,
                  "--log.level=warn")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new PrometheusProcess(process, port, log);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Prometheus does not start; on Debian it is in the package prometheus", e);
    }
  }

  private static String configuration(Cluster cluster, Path rules) {
    String targets =
        cluster.nodes().stream()
            .map(node -> node.server().metrics().getAuthority())
            .collect(Collectors.joining(", "));
    return """
    global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
    rule_files: [ "%s" ]
    scrape_configs:
      - job_name: accounts
        static_configs: [ { targets: [ %s ] } ]
    """
        .formatted(rules.toAbsolutePath(), targets);
  }

  /**
   * Returns how many series a query finds whose value is a number now; none if Prometheus does not
   * answer yet.
   *
   * @throws IllegalStateException if Prometheus refuses the query, or has ended
   */
  public long series(String query) throws InterruptedException {
    return ask("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
        .at("/data/result")
        .valueStream()
        .filter(series -> !series.at("/value/1").asString().equals("NaN"))
        .count();
  }

  /** Returns what Prometheus says of each alert rule, by its name: {@code ok} once it has run. */
  public List<Rule> rules() throws InterruptedException {
    return ask("rules")
        .at("/data/groups")
        .valueStream()
        .flatMap(group -> group.get("rules").valueStream())
        .map(rule ->
            new Rule(
                rule.get("name").asString(),
                rule.get("health").asString(),
                rule.path("lastError").asString("")))
        .toList();
  }

  /**
   * An alert rule.
   *
   * @param health {@code ok}, {@code err}, or {@code unknown} before it was evaluated
   * @param error why it could not be evaluated; may be empty
   */
  public record Rule(String name, String health, String error) {

    /** Returns whether it could be evaluated. */
    public boolean wasEvaluated() {
      return health.equals("ok");
    }

    /** Returns what Prometheus says of it. */
    public String text() {
      return "alert %s: %s %s".formatted(name, health, error).strip();
    }
  }

  private JsonNode ask(String what) throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("Prometheus has ended; its output: " + log);
    }
    HttpRequest request = HttpRequest.newBuilder(api.resolve(what)).timeout(TIMEOUT).build();
    try {
      JsonNode answer = JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
      if (!answer.path("status").asString("").equals("success")) {
        throw new IllegalStateException(what + ": " + answer.path("error").asString("no answer"));
      }
      return answer;
    } catch (IOException notYet) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
