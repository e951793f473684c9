package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.load.RollingRestart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rolling-restart}: replaces each instance under a load. */
@Command(
    name = "rolling-restart",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Replaces each of three instances twice by SIGTERM and once by SIGKILL, while the project's"
            + " client and a plain one in Node.js read and write. Exit code 0: no call failed by SIGTERM, none that may be"
            + " repeated by SIGKILL, and each new instance got its share of calls within 2 minutes.")
final class BenchRollingRestart implements Callable<Integer> {

  private static final int INSTANCES = 3;

  @Option(
      names = "--reads",
      defaultValue = "60",
      description = "of each client, a second (${DEFAULT-VALUE})")
  double reads;

  @Option(
      names = "--writes",
      defaultValue = "10",
      description = "of each client, a second (${DEFAULT-VALUE})")
  double writes;

  @Option(
      names = "--quiet",
      defaultValue = "20s",
      description = "how long it is measured before (${DEFAULT-VALUE})")
  Duration quiet = Duration.ZERO;

  @Option(
      names = "--drain",
      defaultValue = "3s",
      description = "ACCOUNTS_DRAIN of each instance (${DEFAULT-VALUE})")
  String drain = "";

  @Option(
      names = "--node",
      defaultValue = "bench/target/node/load.mjs",
      description = "the installed client in Node.js (${DEFAULT-VALUE})")
  Path node = Path.of("");

  @Option(
      names = "--proto",
      defaultValue = "proto",
      description = "the folder of the contract (${DEFAULT-VALUE})")
  Path proto = Path.of("");

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = Map.of("ACCOUNTS_DRAIN", drain, "ACCOUNTS_WARM_UP", "10s");
    try (Cluster cluster = Cluster.start(INSTANCES, environment, 1, logs.folder)) {
      return Reports.print(
          RollingRestart.run(cluster, new RollingRestart.Plan(reads, writes, quiet, node, proto)));
    }
  }
}
