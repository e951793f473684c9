package accounts.bench;

import accounts.bench.load.Cost;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code cost}: measures what freshness costs. */
@Command(
    name = "cost",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Measures hits, changes and misses of the whole protocol next to the tutorials' protocol in the same"
            + " run. Exit code 0: each hit took one get of one item, also the first after a change;"
            + " a change one compare-and-set, and one get more where its user was not cached.")
final class BenchCost implements Callable<Integer> {

  private static final String WAITING =
      """
      One caller, one call at a time; the milliseconds include the client and the network.
      Calls count for the operation that caused them, whether or not its caller waits for them. A change first reads its
      user, as a read does (Get; if it is not cached: claimed and filled by two SetIf), steps the cell before it is
      acknowledged (SetIf), and publishes a hint after it (Publish). The repair reads the cell later (Get).
      """;

  @Option(names = "--rounds", defaultValue = "10", description = "turns each (${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--hits",
      defaultValue = "80",
      description = "hits in a turn; a quarter of it changes, a tenth misses (${DEFAULT-VALUE})")
  int hits;

  @Option(
      names = "--cache-delay",
      defaultValue = "1ms",
      description =
          "a delay of each call to the cache in the second part, as of a call to Momento"
              + " (${DEFAULT-VALUE}; 0ms: no second part)")
  Duration cacheDelay = Duration.ZERO;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    boolean wrong = false;
    System.out.print(WAITING);
    try (Cost cost = Cost.start(logs.folder)) {
      for (Duration delay : Stream.of(Duration.ZERO, cacheDelay).distinct().toList()) {
        wrong |= print(delay, cost.measure(delay, rounds, hits));
      }
      System.out.println(cost.atRest());
    }
    System.out.println(wrong ? "FAIL" : "PASS");
    return wrong ? 1 : 0;
  }

  private static boolean print(Duration delay, Cost.Finding finding) {
    System.out.printf(
        "%neach call to the cache delayed by %d ms%n%s", delay.toMillis(), finding.text());
    List<String> wrong = finding.wrong();
    wrong.forEach(line -> System.out.println("FAIL  " + line));
    return !wrong.isEmpty();
  }
}
