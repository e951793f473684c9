package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.harness.ServerProgram;
import accounts.bench.load.SlowStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code slowstore}: delays every answer of DynamoDB. */
@Command(
    name = "slowstore",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Delays every answer of DynamoDB. Exit code 0: FRESH reads kept 95 %% or more of the hits"
            + " that they had before.")
final class BenchSlowStore implements Callable<Integer> {

  private static final int INSTANCES = 3;

  @Option(
      names = "--delays",
      split = ",",
      defaultValue = "300ms,600ms",
      description = "delays, one after the other (${DEFAULT-VALUE})")
  List<Duration> delays = List.of();

  @Option(
      names = "--phase",
      defaultValue = "20s",
      description =
          "how long it is measured before, during and after each delay (${DEFAULT-VALUE} each)")
  Duration phase = Duration.ZERO;

  @Option(
      names = "--reads",
      defaultValue = "250",
      description = "reads per second of 500 users (${DEFAULT-VALUE})")
  double reads;

  @Option(
      names = "--writes",
      defaultValue = "5",
      description = "writes per second of other users (${DEFAULT-VALUE})")
  double writes;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    try (Cluster cluster =
        Cluster.start(ServerProgram.INTACT.optimized(), INSTANCES, Map.of(), 1, logs.folder)) {
      return Reports.print(
          SlowStore.run(cluster, new SlowStore.Plan(phase, delays, reads, writes)));
    }
  }
}
