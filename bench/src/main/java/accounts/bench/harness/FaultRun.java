package accounts.bench.harness;

import accounts.bench.freshness.Instances;
import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Load;
import accounts.bench.freshness.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The checker at work on a cluster while faults are injected. */
public final class FaultRun {

  private final Cluster cluster;
  private final Ledger ledger;
  private final Schedule schedule;

  private FaultRun(Cluster cluster, Ledger ledger, Schedule schedule) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.schedule = schedule;
  }

  /** Describes a run with every class of faults in it. */
  public static FaultRun ofAll(Cluster cluster, Ledger ledger, long seed, Duration longestHold) {
    Schedule schedule = new Schedule(cluster, ledger, Episodes.all(), seed, longestHold);
    return new FaultRun(cluster, ledger, schedule);
  }

  /** Runs, for that time and until the last round of faults is over. */
  public void run(Duration time, Load load) throws InterruptedException {
    try (Instances instances = Instances.connect(cluster.addresses())) {
      Workload.run(instances, ledger, load, () -> schedule.play(time));
    }
  }

  /** Returns the classes of faults that never struck. */
  public List<String> missing() {
    return schedule.injected().entrySet().stream()
        .filter(entry -> entry.getValue() == 0)
        .map(entry -> entry.getKey().name())
        .toList();
  }

  /** Returns the count of each class as text. */
  public String text() {
    return schedule.injected().entrySet().stream()
        .map(FaultRun::line)
        .collect(Collectors.joining("", "faults injected, by row of docs/freshness.md\n", ""));
  }

  private static String line(Map.Entry<Episode, Long> entry) {
    return "  %-55s %,12d%n".formatted(entry.getKey(), entry.getValue());
  }
}
