package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.bench.harness.Node;
import accounts.bench.harness.StoreFaults;
import accounts.bench.harness.StoreRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A measurement of the hit ratio while DynamoDB is slow. */
public final class SlowStore {

  /**
   * The durations and rates of the measurement.
   *
   * @param phase how long it is measured before, during and after each delay
   */
  public record Plan(Duration phase, List<Duration> delays, double reads, double writes) {

    public Plan {
      delays = List.copyOf(delays);
    }
  }

  private static final double LEAST_OF_BEFORE = 0.95;
  private static final int READ_USERS = 500;
  private static final int WRITTEN_USERS = 100;

  private final Cluster cluster;
  private final Plan plan;
  private final List<Period> periods = new ArrayList<>();

  private SlowStore(Cluster cluster, Plan plan) {
    this.cluster = cluster;
    this.plan = plan;
  }

  /** Delays every answer to all instances, by one delay after the other, and returns the report. */
  public static Report run(Cluster cluster, Plan plan) throws InterruptedException {
    SlowStore slowStore = new SlowStore(cluster, plan);
    try (Instances instances = cluster.connect()) {
      Instance any = instances.all().getFirst();
      Population read = Population.create(any, "slow-read", READ_USERS);
      Population written = Population.create(any, "slow-written", WRITTEN_USERS);
      SteadyLoad load =
          SteadyLoad.start(
              new Targets(instances.all(), read, plan.reads()),
              new Targets(instances.all(), written, plan.writes()));
      List<Period> slow;
      try (load) {
        load.awaitHits();
        slow = slowStore.phases();
      }
      return slowStore.report(load, slow);
    }
  }

  private List<Period> phases() throws InterruptedException {
    periods.add(Period.pass("before", plan.phase()));
    List<Period> slow = new ArrayList<>();
    for (Duration delay : plan.delays()) {
      Map<Node, StoreFaults.Active> rules = delayed(delay);
      Period period = Period.pass("delayed by " + delay.toMillis() + " ms", plan.phase());
      rules.forEach((node, rule) -> node.store().faults().remove(rule));
      slow.add(period);
      periods.add(period);
      periods.add(Period.pass("after", plan.phase()));
    }
    return slow;
  }

  private Map<Node, StoreFaults.Active> delayed(Duration delay) {
    StoreRule rule = StoreRule.of(StoreRule.Effect.DELAY_ANSWER).delay(delay, Duration.ZERO);
    Map<Node, StoreFaults.Active> rules = new LinkedHashMap<>();
    cluster.nodes().forEach(node -> rules.put(node, node.store().faults().add(rule)));
    return rules;
  }

  private Report report(SteadyLoad load, List<Period> slow) {
    Report report = new Report();
    report.add(new PeriodTable(load.reads().all(), load.writes().all()).text(periods));
    double before = load.reads().in(periods.getFirst()).hitRatio();
    report.check(
        before >= LEAST_OF_BEFORE,
        "hits before: %.1f %% (expected: a warm cache, %.0f %% or more)"
            .formatted(100 * before, 100 * LEAST_OF_BEFORE));
    for (Period period : slow) {
      double ratio = load.reads().in(period).hitRatio();
      report.check(
          ratio >= LEAST_OF_BEFORE * before,
          "hits, %s: %.1f %% (expected: %.1f %% or more)"
              .formatted(period.name(), 100 * ratio, 100 * LEAST_OF_BEFORE * before));
    }
    return report;
  }
}
