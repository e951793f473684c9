package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.harness.ServerProgram;
import accounts.bench.load.ColdStart;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code coldstart}: loads servers from their first second on, and overloads them
 * later.
 */
@Command(
    name = "coldstart",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Loads three servers that have just started, over an empty cache; then overloads them for"
            + " a while. Exit code 0: 95 %% hits within 10 s and no epoch raised; 95 %% hits again"
            + " within 5 s after the overload.")
final class BenchColdStart implements Callable<Integer> {

  private static final int INSTANCES = 3;

  @Option(
      names = "--reads",
      defaultValue = "250",
      description = "reads per second of 500 users (${DEFAULT-VALUE})")
  double reads;

  @Option(
      names = "--writes",
      defaultValue = "50",
      description = "writes per second of other users (${DEFAULT-VALUE})")
  double writes;

  @Option(
      names = "--start",
      defaultValue = "30s",
      description = "how long the start is measured (${DEFAULT-VALUE})")
  Duration start = Duration.ZERO;

  @Option(
      names = "--overloaded",
      defaultValue = "10s",
      description = "how long the overload lasts (${DEFAULT-VALUE})")
  Duration overloaded = Duration.ZERO;

  @Option(
      names = "--after",
      defaultValue = "20s",
      description = "how long it is measured after the overload (${DEFAULT-VALUE})")
  Duration after = Duration.ZERO;

  @Option(
      names = "--overload",
      defaultValue = "4000",
      description =
          "reads per second of uncached users; at most 6,000 are in flight" + " (${DEFAULT-VALUE})")
  double overload;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    ColdStart.Plan plan = new ColdStart.Plan(reads, writes, start, overloaded, after, overload);
    try (Cluster cluster =
        Cluster.start(
            ServerProgram.INTACT, INSTANCES, Map.of("ACCOUNTS_WARM_UP", "10s"), 1, logs.folder)) {
      return Reports.print(ColdStart.run(cluster, plan));
    }
  }
}
