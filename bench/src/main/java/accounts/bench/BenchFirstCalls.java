package accounts.bench;

import accounts.bench.load.FirstCalls;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code firstcalls}: calls an instance as soon as it says that it is ready. */
@Command(
    name = "firstcalls",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Calls an instance as soon as it says that it is ready, and again when it is warm; then one"
            + " with a quarter of a processor (a control group: root, Linux). Exit code 0: the p99 of"
            + " the first calls is at most 3 times that of the warm instance, and no first call"
            + " fails within the client's default deadlines, with a quarter of a processor, either.")
final class BenchFirstCalls implements Callable<Integer> {

  @Option(
      names = "--calls",
      defaultValue = "1000",
      description = "calls that are measured (${DEFAULT-VALUE})")
  int calls;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "calls per second (${DEFAULT-VALUE})")
  double rate;

  @Option(
      names = "--quarter-rate",
      defaultValue = "20",
      description =
          "calls per second to an instance with a quarter of a processor (${DEFAULT-VALUE})")
  double quarterRate;

  @Option(
      names = "--between",
      defaultValue = "20000",
      description = "calls until an instance counts as warm (${DEFAULT-VALUE})")
  int between;

  @Option(names = "--whole", description = "leave out the instance with a quarter of a processor")
  boolean whole;

  @Option(
      names = "--image",
      paramLabel = "FOLDER",
      description = "measure the image whose files are there (the classes of this build)")
  @Nullable Path image;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    return Reports.print(
        FirstCalls.run(
            new FirstCalls.Plan(
                calls, rate, quarterRate, between, !whole, Optional.ofNullable(image)),
            logs.folder));
  }
}
