package accounts.bench;

import accounts.bench.harness.Detection;
import accounts.bench.harness.Detection.Finding;
import accounts.bench.harness.Detection.Run;
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

/**
 * The command {@code mutants}: runs the checker against mutants, and against the intact server in
 * the same scenarios.
 */
@Command(
    name = "mutants",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Checks the checker: starts instances that lack a safeguard, each in its scenario, until a"
            + " read goes stale; then the intact server in the same scenario for the same time. Exit"
            + " code 0: each mutant was detected in time, and each control group was clean.")
final class CheckMutants implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      split = ",",
      paramLabel = "MUTANT",
      description = "names of mutants, or all")
  List<String> names = List.of();

  @Option(
      names = "--limit",
      defaultValue = "60s",
      description = "time limit for each mutant (${DEFAULT-VALUE})")
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
      Finding finding =
          Detection.of(name, rules, limit).run(seed, logs.folder.resolve("mutants/" + name));
      printHistory(name, finding.mutant());
      printHistory("control group of " + name, finding.control());
      print(finding);
      findings.add(finding);
    }
    System.out.println();
    findings.forEach(CheckMutants::print);
    return findings.stream().allMatch(CheckMutants::isAsExpected) ? 0 : 1;
  }

  private List<String> known() {
    List<String> all = Detection.names();
    List<String> unknown = names.stream().filter(name -> !all.contains(name)).toList();
    if (names.equals(List.of("all"))) {
      return all;
    }
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "MUTANT: %s (expected: all, or names out of %s)".formatted(unknown, all));
    }
    return names;
  }

  private static boolean isAsExpected(Finding finding) {
    return finding.isDetected() && finding.isControlClean();
  }

  private static void printHistory(String name, Run run) {
    run.badHistory().ifPresent(text -> System.out.println(name + ": " + text));
  }

  private static void print(Finding finding) {
    System.out.printf(
        "%-32s %-12s after %4.1f s / control %s, %,d answers in %.1f s%n",
        finding.name(),
        finding.isDetected() ? "detected" : "NOT DETECTED",
        finding.mutant().took().toMillis() / 1e3,
        finding.isControlClean() ? "clean" : "NOT CLEAN",
        finding.control().checked(),
        finding.control().took().toMillis() / 1e3);
  }
}
