package accounts.bench.harness;

import accounts.bench.freshness.Instances;
import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Load;
import accounts.bench.freshness.Tally;
import accounts.bench.freshness.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run of the checker on a cluster while faults are injected. */
public final class FaultRun {

  private static final String COALESCED = "accounts_loads_total{role=\"coalesced\"}";

  /**
   * A slow machine may get through a round of faults before an entity has been created and deleted.
   */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private static final Duration WAIT_STEP = Duration.ofMillis(100);

  private final Cluster cluster;
  private final Ledger ledger;
  private final OutOfBandChanges outOfBand = new OutOfBandChanges();
  private final ForeignInstances foreign = new ForeignInstances();
  private final Restores restores = new Restores();
  private final boolean restoring;
  private final Schedule schedule;
  private long coalesced;

  private FaultRun(
      Cluster cluster,
      Ledger ledger,
      Predicate<Integer> rows,
      boolean restoring,
      long seed,
      Duration longestHold) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.restoring = restoring;
    List<Episode> episodes = new ArrayList<>(Episodes.all());
    episodes.add(new Episode(6, "out-of-band changes of the table", outOfBand::play));
    episodes.add(new Episode(18, "reads of another table's entities", foreign::otherTable));
    episodes.add(
        new Episode(
            21, "different configurations that were refused", foreign::differentConfigurations));
    episodes.removeIf(episode -> !rows.test(episode.row()));
    this.schedule = new Schedule(cluster, ledger, episodes, seed, longestHold);
  }

  /** The number of failures of a row of docs/freshness.md that occurred. */
  private record Count(int row, String name, long count) {

    boolean isMissing() {
      return count == 0;
    }

    @Override
    public String toString() {
      return "  %2d %-55s %,12d%n".formatted(row, name, count);
    }
  }

  /** Creates a run with every class of faults. */
  public static FaultRun ofAll(Cluster cluster, Ledger ledger, long seed, Duration longestHold) {
    return new FaultRun(cluster, ledger, row -> true, true, seed, longestHold);
  }

  /** Creates a run with some rows of the table of failures, and without a restore. */
  static FaultRun of(
      Cluster cluster, Ledger ledger, Set<Integer> rows, long seed, Duration longestHold) {
    return new FaultRun(cluster, ledger, rows::contains, false, seed, longestHold);
  }

  /**
   * Runs for this time, until the last round of faults is over, and, for two more minutes at most,
   * until the load has caused its own; restores the table at the end, if that is part of the run.
   */
  public void run(Duration time, Load load) throws InterruptedException {
    try (Instances instances = cluster.connect()) {
      Workload.run(
          instances,
          ledger,
          load,
          extras -> {
            schedule.play(time, extras);
            awaitFaultsOfTheLoad();
          });
    }
    for (Node node : cluster.nodes()) {
      coalesced += Metrics.read(node.server().metrics(), COALESCED);
    }
    if (restoring) {
      // Last, and without a load: what was written after the backup is lost.
      try (Instances instances = cluster.connect()) {
        Workload.run(
            instances, ledger, Load.NONE, extras -> restores.play(cluster, ledger, extras));
      }
    }
  }

  private void awaitFaultsOfTheLoad() throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (ofTheLoad().stream().anyMatch(Count::isMissing) && System.nanoTime() - end < 0) {
      Thread.sleep(WAIT_STEP);
    }
  }

  /** Returns the classes of faults that never occurred. */
  public List<String> missing() {
    return counts().stream().filter(Count::isMissing).map(Count::name).toList();
  }

  /** Returns the broken promises, besides the violations in the ledger. */
  public List<String> complaints() {
    return Stream.of(outOfBand.complaints(), foreign.complaints(), restores.complaints())
        .flatMap(List::stream)
        .toList();
  }

  /** Returns the number of faults of each class as text. */
  public String text() {
    return counts().stream()
        .map(Count::toString)
        .collect(
            Collectors.joining(
                "", "faults that occurred, by row of docs/freshness.md\n", outOfBand.text()));
  }

  private List<Count> counts() {
    List<Count> counts = new ArrayList<>(ofTheLoad());
    schedule
        .injected()
        .forEach((episode, count) -> counts.add(new Count(episode.row(), episode.name(), count)));
    counts.add(new Count(14, "callers that shared a load, or waited for the next", coalesced));
    if (restoring) {
      counts.add(new Count(18, "table restored from a backup", restores.count()));
    }
    counts.sort(Comparator.comparingInt(Count::row));
    return counts;
  }

  /** Returns what the load causes without an episode, by chance. */
  private List<Count> ofTheLoad() {
    Tally tally = ledger.tally();
    return List.of(
        new Count(8, "read as absent, then created", tally.absentThenCreated()),
        new Count(8, "users and organizations deleted", tally.deletions()),
        new Count(8, "memberships begun by an invitation", tally.joins()),
        new Count(15, "calls cancelled before their answer", tally.cancelledCalls()));
  }
}
