package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.admin.AdminServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds the dashboard and the alert rules to what a running server serves, and to their docs. */
final class ObservabilityTest {

  private static final Path FOLDER = Path.of("..", "k8s", "observability");
  private static final Path DOCS = Path.of("..", "docs", "operations.md");
  private static final Pattern HEADING = Pattern.compile("^### (Accounts\\w+)$", Pattern.MULTILINE);

  @Test
  void queries_ofDashboardAndAlerts_findSeriesOfARunningServer() throws Exception {
    try (TestBackends backends = new TestBackends();
        TestService service = backends.start(Map.of("ACCOUNTS_AUDIT_PER_SECOND", "1"))) {
      service.getUser(service.newUser());
      Series series = Series.of(scrape(service));

      assertThat(queries())
          .hasSizeGreaterThan(30)
          .allSatisfy(query -> assertThat(series.missing(query)).as(query).isEmpty());
    }
  }

  private static String scrape(TestService service) throws Exception {
    try (AdminServer admin = service.listenToAdmin();
        HttpClient client = HttpClient.newHttpClient()) {
      URI metrics = URI.create("http://127.0.0.1:" + admin.port() + "/metrics");
      return client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
    }
  }

  private static List<String> queries() {
    JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
    return Stream.concat(
            Stream.of(dashboard, rules()).flatMap(tree -> tree.findValuesAsString("expr").stream()),
            adapter().findValuesAsString("metricsQuery").stream().map(ObservabilityTest::filledIn))
        .toList();
  }

  /** What prometheus-adapter makes of its templates for all pods. */
  private static String filledIn(String template) {
    return template.replace(",<<.LabelMatchers>>", "").replace("<<.GroupBy>>", "pod");
  }

  private static JsonNode adapter() {
    return yaml(FOLDER.resolve("prometheus-adapter.yaml"));
  }

  private static JsonNode rules() {
    return yaml(FOLDER.resolve("alerts.yaml"));
  }

  private static JsonNode yaml(Path file) {
    return new YAMLMapper().readTree(file.toFile());
  }

  @Test
  void autoscaler_goesByAMetric_thatTheAdapterServes() {
    JsonNode patch =
        yaml(Path.of("..", "k8s", "components", "autoscale-on-calls", "autoscaler.yaml"));
    JsonNode metric = patch.get(0).at("/value/pods/metric/name");

    assertThat(adapter().findValuesAsString("as")).containsExactly(metric.asString());
  }

  @Test
  void alerts_each_haveAParagraphInTheDocs() throws Exception {
    assertThat(HEADING.matcher(Files.readString(DOCS)).results().map(found -> found.group(1)))
        .containsExactlyElementsOf(alerts());
  }

  @Test
  void alerts_each_fireInOneUnitTestAndNotInAnother() {
    JsonNode tests = new YAMLMapper().readTree(FOLDER.resolve("alerts.test.yaml").toFile());
    List<JsonNode> cases =
        tests.findValues("alert_rule_test").stream().flatMap(JsonNode::valueStream).toList();

    assertThat(alertsOf(cases, true)).containsExactlyElementsOf(alerts());
    assertThat(alertsOf(cases, false)).containsExactlyElementsOf(alerts());
  }

  private static List<String> alertsOf(List<JsonNode> cases, boolean firing) {
    return cases.stream()
        .filter(test -> test.get("exp_alerts").isEmpty() != firing)
        .map(test -> test.get("alertname").asString())
        .distinct()
        .toList();
  }

  private static List<String> alerts() {
    return rules().findValuesAsString("alert");
  }

  // What the first check is worth.
  @Test
  void missing_nameOrLabelThatNobodyServes_isFound() {
    Series series =
        Series.of("accounts_x_total{state=\"open\"} 1.0\naccounts_y_bucket{le=\"1\"} 2\n");

    assertThat(series.missing("rate(accounts_x_total{state=\"open\"}[5m])")).isEmpty();
    assertThat(series.missing("accounts_x_total{state=~\"open|shut\",code=\"OK\"}")).isEmpty();
    assertThat(series.missing("sum by (le) (accounts_y_bucket)")).isEmpty();
    assertThat(series.missing("accounts_x_total{state=\"shut\"}")).hasSize(1);
    assertThat(series.missing("accounts_x_total{stat=\"open\"}")).hasSize(1);
    assertThat(series.missing("accounts_x / accounts_y_bucket")).containsExactly("accounts_x");
  }
}
