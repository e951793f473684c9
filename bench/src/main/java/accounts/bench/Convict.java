package accounts.bench;

import accounts.bench.harness.Conviction;
import accounts.bench.harness.Conviction.Finding;
import accounts.bench.history.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Switches the server's safeguards off, one at a time, and finds each of these servers out. */
@Command(
    name = "convict",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Checks the checker: starts instances that lack a safeguard and looks for a stale read."
            + " Exit code 0: each was convicted in time.")
final class Convict implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      split = ",",
      paramLabel = "SAFEGUARD",
      description = "names of safeguards, or all")
  List<String> names = List.of();

  @Option(
      names = "--limit",
      defaultValue = "60s",
      description = "how long to look for each (${DEFAULT-VALUE})")
  Duration limit = Duration.ZERO;

  @Option(names = "--seed", defaultValue = "1", description = "of the faults (${DEFAULT-VALUE})")
  long seed;

  @Mixin Logs logs = new Logs();

  @Spec CommandSpec command = CommandSpec.create(); // replaced by picocli

  @Override
  public Integer call() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (String name : known()) {
      Rules rules = new Rules(Duration.ofSeconds(1), Rules.NO_REPAIR, Duration.ofSeconds(30));
      Finding finding = Conviction.of(name, rules, limit).seek(seed, logs.folder);
      finding.badHistory().ifPresent(text -> System.out.println("without " + name + ": " + text));
      findings.add(finding);
    }
    findings.forEach(Convict::print);
    return findings.stream().allMatch(finding -> finding.badHistory().isPresent()) ? 0 : 1;
  }

  private List<String> known() {
    List<String> all = Conviction.names();
    List<String> unknown = names.stream().filter(name -> !all.contains(name)).toList();
    if (names.equals(List.of("all"))) {
      return all;
    }
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "SAFEGUARD: %s (expected: all, or names out of %s)".formatted(unknown, all));
    }
    return names;
  }

  private static void print(Finding finding) {
    System.out.printf(
        "%-24s %s after %.1f s%n",
        finding.weakness(),
        finding.badHistory().isPresent() ? "convicted" : "NOT CONVICTED",
        finding.took().toMillis() / 1e3);
  }
}
