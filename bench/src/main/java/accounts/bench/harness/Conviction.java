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

/** Shows that the checker finds a server out that lacks one of its safeguards. */
public final class Conviction {

  private static final Duration LONGEST_EPISODE = Duration.ofSeconds(12);

  /**
   * What came of it.
   *
   * @param took from the start of the faults; the limit where there was no conviction
   * @param badHistory for people; empty where there was no conviction
   */
  public record Finding(String weakness, Duration took, Optional<String> badHistory) {}

  private final Weakness weakness;
  private final Rules rules;
  private final Duration limit;

  private Conviction(Weakness weakness, Rules rules, Duration limit) {
    this.weakness = weakness;
    this.rules = rules;
    this.limit = limit;
  }

  /** Returns the names of all safeguards that can be switched off. */
  public static List<String> names() {
    return Weaknesses.all().stream().map(Weakness::name).toList();
  }

  /**
   * Describes the search for one weakness.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Conviction of(String name, Rules rules, Duration limit) {
    return Weaknesses.all().stream()
        .filter(weakness -> weakness.name().equals(name))
        .map(weakness -> new Conviction(weakness, rules, limit))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(name + " (expected: one of " + names() + ")"));
  }

  /** Starts weakened instances and looks for a violation until the limit. */
  public Finding seek(long seed, Path logs) throws InterruptedException {
    Map<String, String> environment = new HashMap<>(weakness.environment());
    environment.put("ACCOUNTS_SAFEGUARDS_OFF", weakness.name());
    // It would cover weaknesses up.
    environment.put("ACCOUNTS_REPAIR", "false");
    Ledger ledger = new Ledger(rules);
    List<Duration> took = new ArrayList<>();
    try (Cluster cluster = Cluster.start(3, environment, seed, logs);
        Instances instances = Instances.connect(cluster.addresses())) {
      Workload.run(
          instances,
          ledger,
          weakness.load(),
          extras ->
              took.add(
                  await(
                      new Schedule(cluster, ledger, weakness.episodes(), seed, LONGEST_EPISODE),
                      ledger,
                      extras)));
    }
    return new Finding(weakness.name(), took.getFirst(), ledger.firstBadHistory());
  }

  private Duration await(Schedule schedule, Ledger ledger, Workload.Extras extras)
      throws InterruptedException {
    long began = System.nanoTime();
    Thread faults = Thread.ofVirtual().name("faults").start(() -> play(schedule, extras));
    try {
      ledger.awaitViolation(limit.toMillis());
      return Duration.ofNanos(System.nanoTime() - began);
    } finally {
      faults.interrupt();
      faults.join();
    }
  }

  private void play(Schedule schedule, Workload.Extras extras) {
    try {
      schedule.play(limit, extras);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
