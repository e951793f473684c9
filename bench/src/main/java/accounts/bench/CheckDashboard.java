package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.harness.PrometheusProcess;
import accounts.bench.load.Dashboard;
import accounts.bench.load.DashboardCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code check-dashboard}: runs the dashboard's queries on servers under a load. */
@Command(
    name = "check-dashboard",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Lets a Prometheus scrape two servers under a load, and runs every query of the dashboard and"
            + " every alert rule in it. Exit code 0: each query returned data, and each rule could"
            + " be evaluated. Needs the command prometheus.")
final class CheckDashboard implements Callable<Integer> {

  private static final int INSTANCES = 2;

  /** Several scrapes, which are a second apart. */
  private static final String RATE_INTERVAL = "5s";

  private static final Map<String, String> ENVIRONMENT = Map.of("ACCOUNTS_AUDIT_PER_SECOND", "1");

  @Option(
      names = "--folder",
      defaultValue = "k8s/observability",
      description = "of dashboard.json and alerts.yaml (${DEFAULT-VALUE})")
  Path folder = Path.of("");

  @Option(
      names = "--longest",
      defaultValue = "30s",
      description = "after which a query without data has failed (${DEFAULT-VALUE})")
  Duration longest = Duration.ZERO;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    Dashboard dashboard = Dashboard.read(folder.resolve("dashboard.json"), RATE_INTERVAL);
    Path alerts = folder.resolve("alerts.yaml");
    try (Cluster cluster = Cluster.start(INSTANCES, ENVIRONMENT, 1, logs.folder);
        PrometheusProcess prometheus = PrometheusProcess.start(cluster, alerts, logs.folder)) {
      return Reports.print(DashboardCheck.run(cluster, prometheus, dashboard, longest));
    }
  }
}
