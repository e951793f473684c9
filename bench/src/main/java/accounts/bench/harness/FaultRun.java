package accounts.bench.harness;

import accounts.bench.freshness.Instances;
import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Load;
import accounts.bench.freshness.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The checker at work on a cluster while faults are injected. */
public final class FaultRun {

  private static final String COALESCED = "accounts_loads_total{role=\"coalesced\"}";

  private final Cluster cluster;
  private final Ledger ledger;
  private final OutsideChanges outside;
  private final Schedule schedule;
  private long coalesced;

  private FaultRun(Cluster cluster, Ledger ledger, OutsideChanges outside, Schedule schedule) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.outside = outside;
    this.schedule = schedule;
  }

  /** How often what a row of docs/freshness.md is about came to pass. */
  private record Count(int row, String name, long count) {

    @Override
    public String toString() {
      return "  %2d %-55s %,12d%n".formatted(row, name, count);
    }
  }

  /** Describes a run with every class of faults in it. */
  public static FaultRun ofAll(Cluster cluster, Ledger ledger, long seed, Duration longestHold) {
    OutsideChanges outside = new OutsideChanges();
    List<Episode> episodes = new ArrayList<>(Episodes.all());
    episodes.add(new Episode(6, "changes made in the table past the service", outside::play));
    Schedule schedule = new Schedule(cluster, ledger, episodes, seed, longestHold);
    return new FaultRun(cluster, ledger, outside, schedule);
  }

  /** Runs, for that time and until the last round of faults is over. */
  public void run(Duration time, Load load) throws InterruptedException {
    try (Instances instances = Instances.connect(cluster.addresses())) {
      Workload.run(instances, ledger, load, extras -> schedule.play(time, extras));
    }
    for (Node node : cluster.nodes()) {
      coalesced += Metrics.read(node.server().metrics(), COALESCED);
    }
  }

  /** Returns the classes of faults that never struck. */
  public List<String> missing() {
    return counts().stream().filter(count -> count.count() == 0).map(Count::name).toList();
  }

  /** Returns what was not as promised, beside what the ledger found. */
  public List<String> complaints() {
    return outside.complaints();
  }

  /** Returns the count of each class as text. */
  public String text() {
    return counts().stream()
        .map(Count::toString)
        .collect(
            Collectors.joining(
                "", "what came to pass, by row of docs/freshness.md\n", outside.text()));
  }

  private List<Count> counts() {
    List<Count> counts = new ArrayList<>();
    schedule
        .injected()
        .forEach((episode, count) -> counts.add(new Count(episode.row(), episode.name(), count)));
    counts.add(new Count(8, "told absent, then created", ledger.tally().absentThenCreated()));
    counts.add(new Count(14, "callers who shared a load, or waited for the next", coalesced));
    counts.add(new Count(15, "callers gone before their answer", ledger.tally().callersGone()));
    counts.sort(Comparator.comparingInt(Count::row));
    return counts;
  }
}
