package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.bench.harness.Node;
import accounts.bench.load.Sample.Ending;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A measurement of the hit ratio and of writes while one of three instances is cut off from the
 * cache.
 */
public final class CutOff {

  /** The instance that is cut off. */
  public enum Victim {
    /** An instance that takes many writes and does not own the table's stream. */
    WRITER("cut off: an instance that takes %.0f writes/s"),
    /** The instance that owns the table's stream and takes no writes; the others take a few. */
    STREAM_OWNER("cut off: the instance that owns the stream; the others take %.0f writes/s");

    private final String title;

    Victim(String title) {
      this.title = title;
    }
  }

  /**
   * The durations and rates of the measurement.
   *
   * @param around how long it is measured before and after the cut
   * @param isSilent whether calls to the cache get no answer, instead of no connection
   */
  public record Plan(
      Duration around,
      Duration cut,
      double reads,
      double writes,
      double fewWrites,
      boolean isSilent) {}

  private static final double LEAST_BEFORE = 90;
  private static final double MOST_POINTS_LOST = 2;
  private static final double SLOWEST_WRITE_MILLIS = 2_500;
  private static final int READ_USERS = 500;
  private static final int WRITTEN_USERS = 200;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final Instances instances;
  private final Plan plan;
  private OptionalInt owner = OptionalInt.empty();

  private CutOff(Cluster cluster, Instances instances, Plan plan) {
    this.cluster = cluster;
    this.instances = instances;
    this.plan = plan;
  }

  /** Cuts off each kind of victim in turn and returns the report. */
  public static Report run(Cluster cluster, Plan plan) throws InterruptedException {
    Report report = new Report();
    try (Instances instances = cluster.connect()) {
      CutOff cutOff = new CutOff(cluster, instances, plan);
      for (Victim victim : Victim.values()) {
        report.add(cutOff.run(victim));
      }
    }
    return report;
  }

  private Report run(Victim victim) throws InterruptedException {
    String prefix = victim == Victim.WRITER ? "writer" : "owner";
    Instance any = instances.all().getFirst();
    Population read = Population.create(any, prefix + "-read", READ_USERS);
    Population written = Population.create(any, prefix + "-written", WRITTEN_USERS);
    int number = number(victim);
    SteadyLoad load =
        SteadyLoad.start(
            new Targets(othersThan(number), read, plan.reads()),
            new Targets(writers(victim, number), written, writes(victim)));
    List<Period> periods;
    try (load) {
      load.awaitHits();
      periods = periods(number);
    }
    return report(victim, number, periods, load);
  }

  private double writes(Victim victim) {
    return victim == Victim.WRITER ? plan.writes() : plan.fewWrites();
  }

  private int number(Victim victim) throws InterruptedException {
    int owner = StreamOwner.number(cluster);
    return victim == Victim.STREAM_OWNER ? owner : (owner + 1) % instances.all().size();
  }

  private List<Instance> writers(Victim victim, int number) {
    return victim == Victim.WRITER ? List.of(instances.all().get(number)) : othersThan(number);
  }

  private List<Instance> othersThan(int number) {
    return IntStream.range(0, instances.all().size())
        .filter(i -> i != number)
        .mapToObj(instances.all()::get)
        .toList();
  }

  private List<Period> periods(int number) throws InterruptedException {
    Node node = cluster.nodes().get(number);
    List<Period> periods = new ArrayList<>();
    periods.add(Period.pass("before", plan.around()));
    cut(node);
    try {
      periods.add(Period.pass("cut off", plan.cut()));
      owner = StreamOwner.find(cluster);
    } finally {
      mend(node);
    }
    periods.add(Period.pass("after", plan.around()));
    return periods;
  }

  private void cut(Node node) {
    if (plan.isSilent()) {
      var unused = cluster.cache().faults().add(Rule.of(Fault.DROP).clients(node.name()));
    } else {
      node.cache().close();
    }
  }

  private void mend(Node node) {
    cluster.cache().faults().clear();
    node.cache().open();
  }

  private Report report(Victim victim, int number, List<Period> periods, SteadyLoad load) {
    Report report = new Report();
    report.line(victim.title.formatted(writes(victim)));
    report.line(
        "cut off: %s (%s); reads go through the others; at the end of the cut the stream was owned by: %s"
            .formatted(
                instances.all().get(number).name(),
                plan.isSilent() ? "calls get no answer" : "connections refused",
                owner.isPresent() ? instances.all().get(owner.getAsInt()).name() : "nobody"));
    PeriodTable table = new PeriodTable(load.reads().all(), load.writes().all());
    report.add(table.text(periods));
    report.add(table.text(periods.get(1).windows(WINDOW)));
    judgeReads(report, periods, load);
    judgeWrites(report, periods.get(1), load);
    return report;
  }

  private static void judgeReads(Report report, List<Period> periods, SteadyLoad load) {
    double before = 100 * load.reads().in(periods.getFirst()).hitRatio();
    List<Period> judged = new ArrayList<>(periods.subList(1, periods.size()));
    judged.addAll(periods.get(1).windows(WINDOW));
    double least =
        judged.stream()
            .mapToDouble(period -> 100 * load.reads().in(period).hitRatio())
            .min()
            .orElseThrow();
    report.check(
        before >= LEAST_BEFORE,
        "hits of the others before: %.1f %% (expected: a warm cache, %.0f %% or more)"
            .formatted(before, LEAST_BEFORE));
    report.check(
        least >= before - MOST_POINTS_LOST,
        "hits of the others during and after, lowest in any window: %.1f %% (expected: %.1f %% or more)"
            .formatted(least, before - MOST_POINTS_LOST));
  }

  private static void judgeWrites(Report report, Period cut, SteadyLoad load) {
    Samples all = load.writes().all();
    Samples during = all.in(cut);
    report.check(
        all.offered() > 0 && all.count(Ending.ACKNOWLEDGED) == all.offered(),
        "writes acknowledged: %,d of %,d, failed: %s (expected: all)"
            .formatted(all.count(Ending.ACKNOWLEDGED), all.offered(), all.failures()));
    report.check(
        during.millis(99) <= SLOWEST_WRITE_MILLIS,
        "writes while cut off: p99 %.0f ms (expected: %.0f ms at most)"
            .formatted(during.millis(99), SLOWEST_WRITE_MILLIS));
  }
}
