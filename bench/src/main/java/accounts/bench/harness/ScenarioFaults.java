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

/**
 * The episodes of the mutants' scenarios, in which a missing safeguard soon leads to stale reads.
 */
final class ScenarioFaults {

  private static final Duration OFTEN = Duration.ofMillis(150);
  private static final Duration VERY_OFTEN = Duration.ofMillis(30);

  /** Longer than a raise, which is over 3.4 s after the commit; less than the store's timeout. */
  private static final Duration SLOW_READ = Duration.ofMillis(4500);

  /** Longer than an intact server with a lease of 3 s waits before it adopts a new incarnation. */
  private static final Duration BETWEEN_DELETIONS = Duration.ofMillis(4500);

  static final Episode LAGGING_REPLICAS =
      new Episode(10, "replicas of the cache lagging", Episodes::lagging);
  static final Episode ONE_CANNOT_WRITE =
      new Episode(
          11, "changes of the cache by a refused", context -> context.cacheRules(refused("a")));
  static final Episode ONE_CANNOT_WRITE_AND_SLOW_STREAM =
      new Episode(
          11,
          "changes of the cache by a refused, the table's stream slow",
          ScenarioFaults::slowStream);
  static final Episode ONE_SEES_NO_EPOCHS =
      new Episode(
          11,
          "a sees no epochs, the others' changes of the cache are refused",
          ScenarioFaults::blind);
  static final Episode SLOW_READS_BESIDE_ONE_CUT_OFF =
      new Episode(
          11,
          "very slow reads by b, changes of the cache by a and c refused",
          ScenarioFaults::slowBesideCut);
  static final Episode FLUSHES_UNDER_SLOW_WRITERS =
      new Episode(
          3, "flushes, and late changes of the cache by a", ScenarioFaults::flushesUnderWriters);
  static final Episode FLUSHES_UNDER_LATE_FILLS =
      new Episode(3, "flushes, and late changes of the cache", ScenarioFaults::flushesUnderFills);
  static final Episode FLUSHES_UNDER_SLOW_READS =
      new Episode(
          4,
          "flushes, and slow reads of DynamoDB",
          context -> context.storeRule(slow(600), struck -> flushes(context, OFTEN)));
  static final Episode FLUSHES_UNDER_VERY_SLOW_READS =
      new Episode(
          4,
          "flushes, and very slow reads of DynamoDB",
          context -> context.storeRule(slow(4000), struck -> flushes(context, OFTEN)));
  static final Episode ORPHANS =
      new Episode(
          5, "users relied on whose creation was never answered", UnansweredCreationFaults::play);
  static final Episode OTHER_TABLE =
      new Episode(
          18,
          "another table on the same cache",
          context -> new ForeignInstances().otherTable(context));
  static final Episode EPOCHS_DELETED =
      new Episode(19, "epochs' item deleted again and again", ScenarioFaults::epochsDeleted);
  static final Episode OTHER_FORMAT =
      new Episode(
          7,
          "a of another answer format",
          context -> Kills.otherFormat(context, context.cluster().nodes().getFirst()));

  private ScenarioFaults() {}

  private static Rule refused(String... clients) {
    return Rule.of(Fault.ERROR).rpcs("SetIf").clients(clients).status(Status.Code.INTERNAL, "");
  }

  private static StoreRule slow(long millis) {
    return StoreRule.of(Effect.DELAY_ANSWER)
        .operations("GetItem")
        .about("USER#")
        .probability(0.5)
        .delay(Duration.ofMillis(millis));
  }

  private static long slowStream(FaultContext context) throws InterruptedException {
    StoreRule slow =
        StoreRule.of(Effect.DELAY_ANSWER)
            .operations("GetRecords")
            .delay(Duration.ofMillis(500), Duration.ofMillis(1000));
    return context.storeRule(slow, struck -> context.cacheRules(refused("a")));
  }

  private static long blind(FaultContext context) throws InterruptedException {
    StoreFaults faults = context.cluster().nodes().getFirst().store().faults();
    StoreFaults.Active active = faults.add(StoreRule.of(Effect.CUT).about("FLEET#"));
    try {
      return context.cacheRules(refused("b", "c"));
    } finally {
      faults.remove(active);
    }
  }

  /**
   * Reads of the others stay fast, so that their writes are acknowledged while a read of b is in
   * flight. The others cannot release the claims of b either, which they would after a while.
   */
  private static long slowBesideCut(FaultContext context) throws InterruptedException {
    StoreFaults faults = context.cluster().nodes().get(1).store().faults();
    StoreRule slow = slow(0).probability(1).delay(SLOW_READ, Duration.ofMillis(500));
    StoreFaults.Active active = faults.add(slow);
    try {
      return context.longerBy(SLOW_READ).cacheRules(refused("a", "c"));
    } finally {
      faults.remove(active);
    }
  }

  private static long epochsDeleted(FaultContext context) throws InterruptedException {
    long deletions = 0;
    try (DirectTable table = DirectTable.open(context.cluster())) {
      long end = System.nanoTime() + context.length().toNanos();
      while (System.nanoTime() - end < 0) {
        new FleetItem(table).delete();
        context.ledger().note("epochs' item deleted");
        deletions++;
        Thread.sleep(BETWEEN_DELETIONS);
      }
    }
    return deletions;
  }

  private static long flushesUnderWriters(FaultContext context) throws InterruptedException {
    return flushes(
        context,
        VERY_OFTEN,
        Rule.of(Fault.DELAY)
            .rpcs("SetIf")
            .clients("a")
            .delay(Duration.ofMillis(200), Duration.ofMillis(400)));
  }

  /** Delayed, but answered within a reader's timeout. */
  private static long flushesUnderFills(FaultContext context) throws InterruptedException {
    return flushes(
        context,
        OFTEN,
        Rule.of(Fault.DELAY).rpcs("SetIf").probability(0.7).delay(ZERO, Duration.ofMillis(45)));
  }

  private static long flushes(FaultContext context, Duration pause, Rule... meanwhile)
      throws InterruptedException {
    Faults faults = context.cluster().cache().faults();
    List<Long> ids = Arrays.stream(meanwhile).map(faults::add).toList();
    long end = System.nanoTime() + context.length().toNanos();
    long flushes = 0;
    try {
      while (System.nanoTime() - end < 0) {
        context.cluster().flush();
        flushes++;
        Thread.sleep(pause);
      }
      return flushes;
    } finally {
      ids.forEach(faults::remove);
    }
  }
}
