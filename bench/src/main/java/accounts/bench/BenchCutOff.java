package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.harness.ServerProgram;
import accounts.bench.load.CutOff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code cutoff}: cuts one of three instances off from the cache. */
@Command(
    name = "cutoff",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Cuts one of three instances off from the cache: one that takes writes, then the one that"
            + " owns the table's stream. Exit code 0: the others kept their hits within 2 points,"
            + " every write was acknowledged, and 99 %% of them within 2.5 s.")
final class BenchCutOff implements Callable<Integer> {

  private static final int INSTANCES = 3;

  @Option(
      names = "--cut",
      defaultValue = "60s",
      description = "how long it is cut off (${DEFAULT-VALUE})")
  Duration cut = Duration.ZERO;

  @Option(
      names = "--around",
      defaultValue = "20s",
      description = "how long it is measured before and after (${DEFAULT-VALUE} each)")
  Duration around = Duration.ZERO;

  @Option(
      names = "--reads",
      defaultValue = "250",
      description = "reads per second of 500 users through the others (${DEFAULT-VALUE})")
  double reads;

  @Option(
      names = "--writes",
      defaultValue = "50",
      description = "writes per second through the one that is cut off (${DEFAULT-VALUE})")
  double writes;

  @Option(
      names = "--few-writes",
      defaultValue = "5",
      description =
          "writes per second through the others while the owner of the stream is cut off (${DEFAULT-VALUE})")
  double fewWrites;

  @Option(
      names = "--silent",
      description = "calls to the cache get no answer; otherwise, connections are refused")
  boolean silent;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    CutOff.Plan plan = new CutOff.Plan(around, cut, reads, writes, fewWrites, silent);
    try (Cluster cluster =
        Cluster.start(ServerProgram.INTACT, INSTANCES, Map.of(), 1, logs.folder)) {
      return Reports.print(CutOff.run(cluster, plan));
    }
  }
}
