package accounts.bench;

import accounts.bench.harness.Cluster;
import accounts.bench.load.Watching;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code watch}: many watches, and instances that are killed. */
@Command(
    name = "watch",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Opens watches on three instances and changes roles, while one instance after the other is killed every 5 s."
            + " Exit code 0: every watch saw every change of its subject, in order, and an instance that was not killed"
            + " needs no more memory at the end.")
final class BenchWatch implements Callable<Integer> {

  private static final int INSTANCES = 3;

  @Option(
      names = "--watches",
      defaultValue = "1000",
      description = "how many are open (${DEFAULT-VALUE})")
  int watches;

  @Option(names = "--changes", defaultValue = "200", description = "a second (${DEFAULT-VALUE})")
  double changes;

  @Option(
      names = "--length",
      defaultValue = "60s",
      description = "how long instances are killed (${DEFAULT-VALUE})")
  Duration length = Duration.ZERO;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    // All watches are of one caller, who may have a tenth.
    Map<String, String> environment = Map.of("ACCOUNTS_WATCHES", String.valueOf(watches * 10));
    try (Cluster cluster = Cluster.start(INSTANCES, environment, 1, logs.folder)) {
      return Reports.print(Watching.run(cluster, new Watching.Plan(watches, changes, length)));
    }
  }
}
