package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.load.Herd;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Counts what a herd of readers of one cold key becomes on DynamoDB's side. */
@Command(
    name = "herd",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Sends many reads of one cold key at once and counts DynamoDB's reads of it. Exit code 0:"
            + " one; where the cache refuses leases, at most one for each instance.")
final class BenchHerd implements Callable<Integer> {

  @Option(names = "--callers", defaultValue = "10000", description = "reads (${DEFAULT-VALUE})")
  int callers;

  @Option(names = "--instances", defaultValue = "4", description = "instances (${DEFAULT-VALUE})")
  int instances;

  @Option(
      names = "--logs",
      defaultValue = "bench/target/servers",
      description = "folder for the output of the instances (${DEFAULT-VALUE})")
  Path logs = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    try (Cluster cluster = Cluster.start(instances, Map.of(), 1, logs)) {
      boolean held = rush(cluster, "wanted-by-all", "leases at work", 1);
      var unused = cluster.cache().faults().add(Rule.of(Fault.ERROR).rpcs("SetIfNotExists"));
      held &= rush(cluster, "wanted-without-lease", "leases unavailable", instances);
      return held ? 0 : 1;
    }
  }

  private boolean rush(Cluster cluster, String wanted, String how, int mostReads)
      throws InterruptedException {
    Herd.Finding finding = Herd.run(cluster, callers, wanted);
    System.out.printf(
        "%,d FRESH reads of one cold key over %d instances, %s: %,d answered, failed: %s,"
            + " DynamoDB's reads of it: %,d (expected: at most %d)%n",
        callers,
        instances,
        how,
        finding.answered(),
        finding.failed(),
        finding.storeReads(),
        mostReads);
    return finding.storeReads() <= mostReads && finding.failed().isEmpty();
  }
}
