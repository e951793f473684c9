package accounts.bench;

import accounts.bench.load.Prices;
import accounts.bench.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code simulate}: the service's own classes under virtual time. */
@Command(
    name = "simulate",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Simulates fleets of 10 to 10,000 instances with up to 10^9 keys, by the service's own"
            + " classes under virtual time (docs/adr/0018). Starts nothing. Exit code 0: all checks"
            + " held.")
final class Simulate implements Callable<Integer> {

  private static final String HEAD =
      """
      # Simulation

      Written by `make simulate`, in this form without parameters; how it works, and what was decided by it, is in
      [ADR 18](../adr/0018-simulation.md). `make simulate-check` compares the simulation with real servers. Everything random has one
      seed: the same build gives the same figures, on any machine.

      """;

  @Option(
      names = "--instances",
      defaultValue = "0",
      description = "how many (${DEFAULT-VALUE}: four sizes of fleets)")
  int instances;

  @Option(names = "--keys", defaultValue = "0", description = "how many; as --instances")
  long keys;

  @Option(names = "--calls", defaultValue = "0", description = "a second; as --instances")
  double calls;

  @Option(
      names = "--zipf",
      defaultValue = "0.99",
      description = "exponent of the keys' popularity (${DEFAULT-VALUE})")
  double zipf;

  @Option(
      names = "--writes",
      defaultValue = "0.01",
      description = "share of calls that change something (${DEFAULT-VALUE})")
  double writes;

  @Option(
      names = "--bounded",
      defaultValue = "0.5",
      description = "share of reads that are BOUNDED (${DEFAULT-VALUE})")
  double bounded;

  @Option(
      names = "--ttl",
      defaultValue = "0s",
      description = "ACCOUNTS_CACHE_TTL (${DEFAULT-VALUE}: 30m and 24h)")
  Duration ttl = Duration.ZERO;

  @Option(
      names = "--trace",
      description =
          "a file to play instead, with a line for each call:"
              + " seconds,instance,key,fresh|bounded|write")
  @Nullable Path trace;

  @Option(
      names = "--prices",
      defaultValue = "bench/prices.properties",
      description = "file of prices (${DEFAULT-VALUE}: examples, check yours)")
  Path prices = Path.of("");

  @Option(names = "--seed", defaultValue = "1", description = "(${DEFAULT-VALUE})")
  long seed;

  @Option(names = "--out", description = "a file to write it to, as Markdown")
  @Nullable Path out;

  @Spec CommandSpec command = CommandSpec.create(); // replaced by picocli

  @Override
  public Integer call() throws IOException {
    try {
      Simulation.Finding finding = Simulation.run(plan(), System.out::println);
      if (out != null) {
        Files.writeString(out, HEAD + finding.text());
      }
      System.out.println(finding.passed() ? "PASS" : "FAIL");
      return finding.passed() ? 0 : 1;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private Simulation.Plan plan() {
    return new Simulation.Plan(
        instances,
        keys,
        calls,
        zipf,
        writes,
        bounded,
        ttl,
        Optional.ofNullable(trace),
        Prices.read(prices),
        seed);
  }
}
