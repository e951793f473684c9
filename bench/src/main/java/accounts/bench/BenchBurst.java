package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.harness.ServerProgram;
import accounts.bench.load.Burst;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code burst}: reads many different users at once while the cache is stopped. */
@Command(
    name = "burst",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Reads many different users at once through one instance whose cache has stopped. Exit"
            + " code 0: all of the few were answered, and of the many only those beyond the bound"
            + " were shed.")
final class BenchBurst implements Callable<Integer> {

  @Option(
      names = "--few",
      defaultValue = "200",
      description = "reads that must all be answered (${DEFAULT-VALUE})")
  int few;

  @Option(
      names = "--many",
      defaultValue = "2000",
      description = "reads of which some may be shed (${DEFAULT-VALUE})")
  int many;

  @Option(
      names = "--bound",
      defaultValue = "816",
      description =
          "how many reads of DynamoDB an instance accepts at once: ACCOUNTS_STORE_READS +"
              + " ACCOUNTS_STORE_QUEUE (${DEFAULT-VALUE}, by their defaults)")
  int bound;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    try (Cluster cluster =
        Cluster.start(ServerProgram.INTACT.optimized(), 1, Map.of(), 1, logs.folder)) {
      return Reports.print(Burst.run(cluster, few, many, bound));
    }
  }
}
