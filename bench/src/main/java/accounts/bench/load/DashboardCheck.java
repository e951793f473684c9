package accounts.bench.load;

import accounts.bench.freshness.Instances;
import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Load;
import accounts.bench.freshness.Workload;
import accounts.bench.harness.Cluster;
import accounts.bench.harness.PrometheusProcess;
import accounts.bench.harness.PrometheusProcess.Rule;
import accounts.bench.history.Rules;
import java.time.Duration;
import java.util.List;

/**
 * Asks a Prometheus that scrapes servers under a load everything that a dashboard asks, until each
 * query has found something.
 */
public final class DashboardCheck {

  /** Every kind of call, a few of each a second. */
  private static final Load LOAD =
      new Load(4, 2, 1, 4, 4, Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(8));

  private static final Rules RULES =
      new Rules(Duration.ofSeconds(10), Rules.NO_REPAIR, Duration.ofSeconds(30));

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private DashboardCheck() {}

  /**
   * Loads the servers and asks.
   *
   * @param longest after which a query that has found nothing has failed
   */
  public static Report run(
      Cluster cluster, PrometheusProcess prometheus, Dashboard dashboard, Duration longest)
      throws InterruptedException {
    Report report = new Report();
    try (Instances instances = cluster.connect()) {
      Workload.run(
          instances,
          new Ledger(RULES),
          LOAD,
          extras -> ask(prometheus, dashboard, longest, report));
    }
    return report;
  }

  private static void ask(
      PrometheusProcess prometheus, Dashboard dashboard, Duration longest, Report report)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    List<Dashboard.Query> empty = dashboard.queries();
    while (!(empty.isEmpty() && allEvaluated(prometheus)) && System.nanoTime() - end < 0) {
      Thread.sleep(PAUSE);
      empty = new Dashboard(empty).without(prometheus::series);
    }
    for (Dashboard.Query query : dashboard.queries()) {
      report.check(!empty.contains(query), query.panel() + ": " + query.expression());
    }
    for (Rule rule : prometheus.rules()) {
      report.check(rule.wasEvaluated(), rule.text());
    }
    report.check(
        !dashboard.queries().isEmpty() && !prometheus.rules().isEmpty(),
        "%d queries, %d alert rules"
            .formatted(dashboard.queries().size(), prometheus.rules().size()));
  }

  private static boolean allEvaluated(PrometheusProcess prometheus) throws InterruptedException {
    return prometheus.rules().stream().noneMatch(rule -> rule.health().equals("unknown"));
  }
}
