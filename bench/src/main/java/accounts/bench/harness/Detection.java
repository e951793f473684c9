package accounts.bench.harness;

import accounts.bench.freshness.Instances;
import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Workload;
import accounts.bench.history.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Shows that the checker detects a mutant, a server that lacks one of its safeguards. The intact
 * server runs in the same scenario and must be clean, so it is the missing safeguard that is
 * detected.
 */
public final class Detection {

  private static final Duration LONGEST_EPISODE = Duration.ofSeconds(12);

  /** A control group with few checked answers proves nothing. */
  private static final Duration SHORTEST_CONTROL = Duration.ofSeconds(10);

  private static final long LEAST_CHECKED = 500;

  /**
   * The result of one run.
   *
   * @param took from the start of the faults to the first violation; the limit where there was none
   * @param badHistory the first violation as text; empty if there was none
   * @param checked how many answers were checked
   */
  public record Run(Duration took, Optional<String> badHistory, long checked) {}

  /**
   * The results of the mutant's run and of the control group's.
   *
   * @param control the run of the intact server, at least as long as the mutant's
   */
  public record Finding(String name, Run mutant, Run control) {

    /** Returns whether the mutant was detected. */
    public boolean isDetected() {
      return mutant.badHistory().isPresent();
    }

    /**
     * Returns whether enough answers of the intact server were checked and none was a violation.
     */
    public boolean isControlClean() {
      return control.badHistory().isEmpty() && control.checked() >= LEAST_CHECKED;
    }
  }

  private final Scenario scenario;
  private final Rules rules;
  private final Duration limit;

  private Detection(Scenario scenario, Rules rules, Duration limit) {
    this.scenario = scenario;
    this.rules = rules;
    this.limit = limit;
  }

  /** Returns the names of all mutants. */
  public static List<String> names() {
    return Scenarios.all().stream().map(Scenario::mutant).toList();
  }

  /**
   * Creates the detection of one mutant.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Detection of(String name, Rules rules, Duration limit) {
    return Scenarios.all().stream()
        .filter(scenario -> scenario.mutant().equals(name))
        .map(scenario -> new Detection(scenario, rules, limit))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "mutant: " + name + " (expected: one of " + names() + ")"));
  }

  /** Runs mutants until they are detected or the limit is over, and then the intact server. */
  public Finding run(long seed, Path logs) throws InterruptedException {
    Run mutant = runMutant(seed, logs);
    Duration time =
        mutant.took().compareTo(SHORTEST_CONTROL) > 0 ? mutant.took() : SHORTEST_CONTROL;
    Run control = run(ServerProgram.INTACT, time, seed, logs.resolve("control"));
    return new Finding(scenario.mutant(), mutant, control);
  }

  /** Runs mutants until they are detected or the limit is over. */
  Run runMutant(long seed, Path logs) throws InterruptedException {
    return run(new ServerProgram(scenario.mutant()), limit, seed, logs);
  }

  private Run run(ServerProgram program, Duration time, long seed, Path logs)
      throws InterruptedException {
    // The repair would heal much of what a mutant does wrong before a read shows it.
    Map<String, String> environment = new HashMap<>(Map.of("ACCOUNTS_REPAIR", "false"));
    environment.putAll(scenario.environment());
    Ledger ledger = new Ledger(rules);
    List<Duration> took = new ArrayList<>();
    try (Cluster cluster = Cluster.start(program, 3, environment, seed, logs);
        Instances instances = cluster.connect()) {
      Schedule schedule = new Schedule(cluster, ledger, scenario.episodes(), seed, LONGEST_EPISODE);
      Workload.run(
          instances,
          ledger,
          scenario.load(),
          extras -> took.add(await(schedule, time, ledger, extras)));
    }
    return new Run(took.getFirst(), ledger.firstBadHistory(), ledger.tally().checked());
  }

  private static Duration await(
      Schedule schedule, Duration time, Ledger ledger, Workload.Extras extras)
      throws InterruptedException {
    long began = System.nanoTime();
    FutureTask<Void> faults = new FutureTask<>(() -> play(schedule, time, extras));
    Thread player = Thread.ofVirtual().name("faults").start(faults);
    try {
      ledger.awaitViolation(time.toMillis());
      return Duration.ofNanos(System.nanoTime() - began);
    } finally {
      player.interrupt();
      player.join();
      requirePlayed(faults);
    }
  }

  private static Void play(Schedule schedule, Duration time, Workload.Extras extras) {
    try {
      schedule.play(time, extras);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** A run without its faults proves nothing. */
  private static void requirePlayed(FutureTask<Void> faults) throws InterruptedException {
    try {
      faults.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the faults of a scenario failed", e.getCause());
    }
  }
}
