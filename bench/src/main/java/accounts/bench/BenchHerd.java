package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.load.Herd;
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
    description = "Sends many reads of one cold key at once and counts DynamoDB's reads of it.")
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
      Herd.Finding finding = Herd.run(cluster, callers);
      System.out.printf(
          "%,d FRESH reads of one cold key over %d instances: %,d answered, failed: %s,"
              + " %,d reads of it by DynamoDB%n",
          callers, instances, finding.answered(), finding.failed(), finding.storeReads());
      return finding.storeReads() == 1 && finding.failed().isEmpty() ? 0 : 1;
    }
  }
}
