package accounts.bench.load;

import accounts.bench.freshness.Instances;
import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Load;
import accounts.bench.freshness.Tally;
import accounts.bench.freshness.Workload;
import accounts.bench.harness.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A measurement of a load while the cache stops and is restarted. */
public final class Outage {

  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final Ledger ledger;
  private final List<String> lines = new ArrayList<>();

  private Outage(Cluster cluster, Ledger ledger) {
    this.cluster = cluster;
    this.ledger = ledger;
  }

  /**
   * Runs the load for three times {@code phase} and returns a line of text for each: before, during
   * and after.
   *
   * @param ledger judges the answers
   */
  public static List<String> run(Cluster cluster, Ledger ledger, Duration phase)
      throws InterruptedException {
    Outage outage = new Outage(cluster, ledger);
    try (Instances instances = cluster.connect()) {
      Workload.run(instances, ledger, Load.DEFAULT, extras -> outage.phases(phase));
    }
    return outage.lines;
  }

  private void phases(Duration phase) throws InterruptedException {
    Thread.sleep(WARM_UP);
    phase("before", phase);
    cluster.cache().stop();
    phase("cache down", phase);
    cluster.cache().restart();
    phase("after", phase);
  }

  private void phase(String name, Duration phase) throws InterruptedException {
    Tally tally = ledger.tally();
    tally.beginPhase();
    long failedReads = tally.failures("read");
    long failedWrites = tally.failures("write");
    long checked = tally.checked();
    long stale = ledger.violations();
    long store = cluster.storeReads();
    Thread.sleep(phase);
    lines.add(
        "%-11s %,8d answers, failed: %d reads, %d writes; %d stale, DynamoDB reads %,.0f/s, %s"
            .formatted(
                name,
                tally.checked() - checked,
                tally.failures("read") - failedReads,
                tally.failures("write") - failedWrites,
                ledger.violations() - stale,
                (cluster.storeReads() - store) / (phase.toMillis() / 1e3),
                tally.phaseTimes()));
  }
}
