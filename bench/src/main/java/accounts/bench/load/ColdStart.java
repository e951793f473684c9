package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.bench.harness.Node;
import java.time.Duration;
import java.util.List;

/** A measurement of servers that have just started with an empty cache, and of a later overload. */
public final class ColdStart {

  /**
   * The durations and rates of the measurement.
   *
   * @param start how long the start is measured, from the first second on
   * @param overloaded how long the overload lasts
   * @param after how long it is measured after the overload
   * @param overload reads per second of uncached users, on top of the load
   */
  public record Plan(
      double reads,
      double writes,
      Duration start,
      Duration overloaded,
      Duration after,
      double overload) {}

  /** Of each instance: the load has more than 100 calls in flight. */
  private static final int CONNECTIONS = 16;

  private static final double LEAST_HITS = 0.95;
  private static final Duration WARM_WITHIN = Duration.ofSeconds(10);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(5);
  private static final Duration START_WINDOW = Duration.ofSeconds(2);
  private static final Duration AFTER_WINDOW = Duration.ofSeconds(1);
  private static final int READ_USERS = 500;
  private static final int WRITTEN_USERS = 200;

  private final Cluster cluster;
  private final Plan plan;
  private final Report report = new Report();
  private long overloadEnded;

  private ColdStart(Cluster cluster, Plan plan) {
    this.cluster = cluster;
    this.plan = plan;
  }

  /** Runs both parts and returns the report. */
  public static Report run(Cluster cluster, Plan plan) throws InterruptedException {
    ColdStart coldStart = new ColdStart(cluster, plan);
    Population read;
    Population written;
    try (Instances before = cluster.connect()) {
      Instance any = before.all().getFirst();
      read = Population.create(any, "cold-read", READ_USERS);
      written = Population.create(any, "cold-written", WRITTEN_USERS);
    }
    cluster.flush();
    cluster.restart();
    try (Instances instances = cluster.connect(CONNECTIONS)) {
      coldStart.run(instances, read, written);
    }
    return coldStart.report;
  }

  private void run(Instances instances, Population read, Population written)
      throws InterruptedException {
    Targets reads = new Targets(instances.all(), read, plan.reads());
    Targets writes = new Targets(instances.all(), written, plan.writes());
    SteadyLoad load = SteadyLoad.start(reads, writes);
    Period start;
    Period over;
    Period after;
    Samples overload;
    long raises;
    try (load) {
      start = Period.pass("started", plan.start());
      raises = raises();
      overload = overload(instances);
      over = new Period("overloaded", start.to(), overloadEnded);
      // Reads in flight then are still to be answered, and count.
      after = new Period("after", over.to(), Period.pass("", plan.after()).to());
    }
    reportStart(load, start, raises);
    reportOverload(load, over, after, overload);
  }

  private long raises() throws InterruptedException {
    long raises = 0;
    for (Node node : cluster.nodes()) {
      raises += node.total("accounts_epoch_raises_total");
    }
    return raises;
  }

  /** Reads users that do not exist, each once, so that each read is a miss. */
  private Samples overload(Instances instances) throws InterruptedException {
    int count = (int) (plan.overload() * plan.overloaded().toMillis() / 1e3) + 1;
    Population nobody = Population.named("nobody", count);
    SteadyLoad load = SteadyLoad.reads(new Targets(instances.all(), nobody, plan.overload()));
    try (load) {
      Thread.sleep(plan.overloaded());
      overloadEnded = System.nanoTime();
    }
    return load.reads().all();
  }

  private void reportStart(SteadyLoad load, Period start, long raises) {
    report.line(
        "three servers just started, cache empty: %.0f FRESH reads/s of %d users, %.0f writes/s of others"
            .formatted(plan.reads(), READ_USERS, plan.writes()));
    List<Period> windows = start.windows(START_WINDOW);
    report.add(table(load).text(windows));
    judge(
        "warm",
        load,
        start.after(WARM_WITHIN.minus(START_WINDOW)).windows(START_WINDOW),
        WARM_WITHIN);
    report.check(
        raises == 0, "epochs raised without a fault: %d (expected: none)".formatted(raises));
  }

  private void reportOverload(SteadyLoad load, Period over, Period after, Samples overload) {
    report.line(
        "overload: %.0f reads/s of uncached users on top of the same load"
            .formatted(plan.overload()));
    report.line(
        "of %,d reads: not found, as expected: %,d; p50 %.0f ms; all errors: %s"
            .formatted(
                overload.offered(),
                overload.failed("NOT_FOUND"),
                overload.millis(50),
                overload.failures()));
    report.add(table(load).text(List.of(over)));
    report.add(table(load).text(after.windows(AFTER_WINDOW)));
    report.check(
        overload.failed("RESOURCE_EXHAUSTED") > 0,
        "shed: %,d (expected: some; otherwise raise the overload)"
            .formatted(overload.failed("RESOURCE_EXHAUSTED")));
    judge(
        "back",
        load,
        after.after(BACK_WITHIN.minus(AFTER_WINDOW)).windows(AFTER_WINDOW),
        BACK_WITHIN);
  }

  /** Judges the window that ends at the limit, and all later ones. */
  private void judge(String what, SteadyLoad load, List<Period> windows, Duration within) {
    double least =
        windows.stream()
            .mapToDouble(window -> load.reads().in(window).hitRatio())
            .min()
            .orElseThrow();
    report.check(
        least >= LEAST_HITS,
        "%s within %d s: %.1f %% hits in the worst window from then on (expected: %.0f %% or more)"
            .formatted(what, within.toSeconds(), 100 * least, 100 * LEAST_HITS));
  }

  private static PeriodTable table(SteadyLoad load) {
    return new PeriodTable(load.reads().all(), load.writes().all());
  }
}
