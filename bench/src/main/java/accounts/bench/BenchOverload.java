package accounts.bench;

import accounts.bench.load.Overload;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code overload}: gives one instance more to do than it can. */
@Command(
    name = "overload",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Gives one instance with a heap of 300 MiB more to do than it can; it has a processor of its"
            + " own, the callers and the backends share another. Exit code 0: with 4,000 reads"
            + " outstanding it answers 80 %% of the most that it can, below 576 MiB. Then it has half"
            + " of its processor: beside a greedy caller four others get 90 %% of their shares; with"
            + " twice the batches of 100 that it can answer, it answers 65 %% of the most, with 4"
            + " times 55 %%, within 100 ms and without more memory; and 5 s later it is as before."
            + " Takes root, on Linux.")
final class BenchOverload implements Callable<Integer> {

  @Option(
      names = "--step",
      defaultValue = "8s",
      description = "how long each smaller load lasts (${DEFAULT-VALUE})")
  Duration step = Duration.ZERO;

  @Option(
      names = "--overload",
      defaultValue = "60s",
      description = "how long each overload lasts (${DEFAULT-VALUE})")
  Duration overload = Duration.ZERO;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    return Reports.print(Overload.run(new Overload.Plan(step, overload), logs.folder));
  }
}
