package accounts.bench.harness;

import static java.time.Duration.ZERO;

import accounts.bench.harness.StoreRule.Effect;
import accounts.local.faults.Fault;
import accounts.local.faults.Faults;
import accounts.local.faults.Rule;
import io.grpc.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Faults, several at once, into which a server without one of its safeguards falls soon. */
final class Traps {

  static final Episode LAGGING_REPLICAS =
      new Episode(10, "replicas of the cache lagging", Episodes::lagging);
  static final Episode SLOW_FILLS = new Episode(4, "slow fills", Traps::slowFills);
  static final Episode SLOW_READS = new Episode(4, "slow reads of DynamoDB", Traps::slowReads);
  static final Episode VERY_SLOW_READS =
      new Episode(4, "very slow reads of DynamoDB", Traps::verySlowReads);
  static final Episode ONE_CANNOT_WRITE =
      new Episode(11, "writes of a to the cache refused", stage -> stage.cacheRules(refused("a")));
  static final Episode ONE_SEES_NO_EPOCHS =
      new Episode(
          11, "a sees no epochs, the others' writes to the cache are refused", Traps::blind);
  static final Episode SLOW_READS_BESIDE_ONE_CUT_OFF =
      new Episode(11, "very slow reads, writes of a to the cache refused", Traps::slowBesideCut);
  static final Episode FLUSHES_UNDER_SLOW_WRITERS =
      new Episode(
          3,
          "flushes, while a's writers see nothing of the cache and reach it late",
          Traps::flushesUnderWriters);
  static final Episode FLUSHES_UNDER_LATE_FILLS =
      new Episode(3, "flushes, and late fills", Traps::flushesUnderFills);

  static final Episode OTHER_FORMAT =
      new Episode(
          7,
          "a of another cached format",
          stage -> Kills.otherFormat(stage, stage.cluster().nodes().getFirst()));

  private static final Duration FLUSH_PAUSE = Duration.ofMillis(150);

  private Traps() {}

  private static Rule refused(String... clients) {
    return Rule.of(Fault.ERROR)
        .rpcs("Increment", "Set")
        .clients(clients)
        .status(Status.Code.INTERNAL, "");
  }

  private static StoreRule slow(long millis) {
    return StoreRule.of(Effect.DELAY_ANSWER)
        .operations("GetItem")
        .about("USER#")
        .probability(0.5)
        .delay(Duration.ofMillis(millis));
  }

  private static long slowFills(Stage stage) throws InterruptedException {
    return stage.cacheRules(
        Rule.of(Fault.LATE).rpcs("Set").probability(0.5).delay(ZERO, Duration.ofMillis(500)));
  }

  private static long slowReads(Stage stage) throws InterruptedException {
    return stage.storeRule(slow(600));
  }

  private static long verySlowReads(Stage stage) throws InterruptedException {
    return stage.storeRule(slow(4000));
  }

  private static long blind(Stage stage) throws InterruptedException {
    StoreFaults faults = stage.cluster().nodes().getFirst().store().faults();
    StoreFaults.Active active = faults.add(StoreRule.of(Effect.CUT).about("EPOCHS"));
    try {
      return stage.cacheRules(refused("b", "c"));
    } finally {
      faults.remove(active);
    }
  }

  private static long slowBesideCut(Stage stage) throws InterruptedException {
    long id = stage.cluster().cache().faults().add(refused("a"));
    try {
      return stage.storeRule(slow(3000));
    } finally {
      stage.cluster().cache().faults().remove(id);
    }
  }

  private static long flushesUnderWriters(Stage stage) throws InterruptedException {
    return flushes(
        stage,
        // So few that the circuit breaker never opens: it would have a's writers raise the epoch.
        Rule.of(Fault.ERROR).rpcs("GetBatch").clients("a").probability(0.25),
        Rule.of(Fault.DELAY)
            .rpcs("Increment")
            .clients("a")
            .delay(Duration.ofMillis(200), Duration.ofMillis(400)));
  }

  private static long flushesUnderFills(Stage stage) throws InterruptedException {
    return flushes(
        stage,
        Rule.of(Fault.LATE).rpcs("Set").probability(0.5).delay(ZERO, Duration.ofMillis(600)));
  }

  private static long flushes(Stage stage, Rule... meanwhile) throws InterruptedException {
    Faults faults = stage.cluster().cache().faults();
    List<Long> ids = Arrays.stream(meanwhile).map(faults::add).toList();
    long end = System.nanoTime() + stage.length().toNanos();
    try {
      while (System.nanoTime() - end < 0) {
        stage.cluster().cache().flush(Cluster.NAME);
        Thread.sleep(FLUSH_PAUSE);
      }
      return ids.stream().mapToLong(faults::injected).sum();
    } finally {
      ids.forEach(faults::remove);
    }
  }
}
