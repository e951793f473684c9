package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.load.Herd;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code herd}: counts the reads of DynamoDB for many reads of one cold key at once.
 */
@Command(
    name = "herd",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Sends many reads of one cold key at once and counts DynamoDB's reads of it. Exit code 0:"
            + " one; where the cache refuses claims, at most one for a hundred callers.")
final class BenchHerd implements Callable<Integer> {

  /**
   * Without claims nobody may fill the cell, and a call that arrives after a read began needs
   * another read. An instance reads one after the other, however many calls wait.
   */
  private static final int CALLERS_OF_A_READ = 100;

  @Option(names = "--callers", defaultValue = "10000", description = "reads (${DEFAULT-VALUE})")
  int callers;

  @Option(names = "--instances", defaultValue = "4", description = "instances (${DEFAULT-VALUE})")
  int instances;

  // Callers, instances, cache and DynamoDB share one machine here: under this load the cache does
  // not answer within the default timeout of 500 ms.
  @Option(
      names = "--cache-timeout",
      defaultValue = "2s",
      description = "ACCOUNTS_CACHE_TIMEOUT of the instances (${DEFAULT-VALUE})")
  String cacheTimeout = "";

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = Map.of("ACCOUNTS_CACHE_TIMEOUT", cacheTimeout);
    try (Cluster cluster = Cluster.start(instances, environment, 1, logs.folder)) {
      System.out.printf("timeout of a cache call: %s%n", cacheTimeout);
      boolean held = print("claims at work", Herd.run(cluster, callers, "wanted-by-all"), 1);
      held &=
          print(
              "claims refused",
              Herd.runWithoutClaims(cluster, callers, "wanted-without-claim"),
              callers / CALLERS_OF_A_READ);
      return held ? 0 : 1;
    }
  }

  private boolean print(String how, Herd.Finding finding, int mostReads) {
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
