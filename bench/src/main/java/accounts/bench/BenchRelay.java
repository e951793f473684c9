package accounts.bench;

import accounts.bench.load.HitCpu;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code relay}: compares the processor time of a hit with that of a bare relay. */
@Command(
    name = "relay",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Measures the server's processor time for a FRESH hit, next to a bare relay with one"
            + " Momento get for each call, and with a token. Exit code 0: 1.4 times the relay's or"
            + " less, with a token 1.15 times that or less, and less than another build's if one is"
            + " given.")
final class BenchRelay implements Callable<Integer> {

  private static final int LEAST_ROUNDS = 5;

  @Option(names = "--users", defaultValue = "2000", description = "cached users (${DEFAULT-VALUE})")
  int users;

  @Option(
      names = "--callers",
      defaultValue = "8",
      description = "each with one call in flight (${DEFAULT-VALUE})")
  int callers;

  @Option(
      names = "--warm-up",
      defaultValue = "100000",
      description = "calls of each server before it is measured (${DEFAULT-VALUE})")
  int warmUp;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "rounds, 5 at least (${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--calls",
      defaultValue = "20000",
      description = "calls of each server in a round (${DEFAULT-VALUE})")
  int calls;

  @Option(
      names = "--before",
      paramLabel = "CLASSPATH",
      description = "another build of the server to measure, too (none)")
  @Nullable String before;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    HitCpu.Plan plan =
        new HitCpu.Plan(
            users,
            callers,
            warmUp,
            Math.max(rounds, LEAST_ROUNDS),
            calls,
            Optional.ofNullable(before));
    return Reports.print(HitCpu.run(plan, logs.folder));
  }
}
