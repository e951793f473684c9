package accounts.bench;

import accounts.bench.freshness.Ledger;
import accounts.bench.harness.Cluster;
import accounts.bench.history.Rules;
import accounts.bench.load.Outage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code outage}: stops the cache in the middle of a load. */
@Command(
    name = "outage",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Stops the cache in the middle of reads and writes, and starts it again. Exit code 0: no"
            + " call failed, no answer was stale, and reads of DynamoDB kept to their budget.")
final class BenchOutage implements Callable<Integer> {

  @Option(
      names = "--phase",
      defaultValue = "10s",
      description = "how long it is measured before, during and after (${DEFAULT-VALUE} each)")
  Duration phase = Duration.ZERO;

  @Option(names = "--instances", defaultValue = "2", description = "instances (${DEFAULT-VALUE})")
  int instances;

  @Option(
      names = "--store-reads",
      defaultValue = "48",
      description = "ACCOUNTS_STORE_READS of each instance (${DEFAULT-VALUE})")
  int storeReads;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    Rules rules = new Rules(Duration.ofSeconds(1), Rules.NO_REPAIR, Duration.ofSeconds(30));
    Ledger ledger = new Ledger(rules);
    Map<String, String> budget = Map.of("ACCOUNTS_STORE_READS", String.valueOf(storeReads));
    System.out.printf(
        "%d instances, each with at most %d reads of DynamoDB in flight%n", instances, storeReads);
    try (Cluster cluster = Cluster.start(instances, budget, 1, logs.folder)) {
      Outage.run(cluster, ledger, phase).forEach(System.out::println);
      int most = cluster.mostReadsInFlight();
      System.out.printf("highest number of reads of DynamoDB in flight in an instance: %d%n", most);
      System.out.print(ledger.text());
      return ledger.violations() == 0 && ledger.tally().failures() == 0 && most <= storeReads
          ? 0
          : 1;
    }
  }
}
