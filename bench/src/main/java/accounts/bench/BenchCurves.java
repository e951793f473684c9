package accounts.bench;

import accounts.bench.speed.Curves;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code curves}: how speed changes with hits, changes, keys, instances, outages. */
@Command(
    name = "curves",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Measures throughput and latency by hit ratio, share of changes, number of keys and of"
            + " instances, and second by second while the cache has troubles. Asserts nothing.")
final class BenchCurves implements Callable<Integer> {

  private static final Duration START = Duration.ofSeconds(10);

  @Option(
      names = "--length",
      defaultValue = "5s",
      description = "how long each point takes, and each trouble (${DEFAULT-VALUE})")
  Duration length = Duration.ZERO;

  @Option(
      names = "--results",
      defaultValue = "docs/performance",
      description = "folder for the page and its plots (${DEFAULT-VALUE})")
  Path results = Path.of("");

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    return Reports.print(Curves.run(START, length, logs.folder, results));
  }
}
