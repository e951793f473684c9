package accounts.bench.harness;

import static java.time.Duration.ZERO;

import accounts.bench.harness.StoreRule.Effect;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;

/**
 * All classes of faults that the service must survive, except those that the load causes by itself.
 */
final class Episodes {

  private static final String[] CHANGES = {"SetIf"};
  private static final String[] READS = {"Get", "GetBatch"};

  private Episodes() {}

  static List<Episode> all() {
    return List.of(
        new Episode(
            5, "users relied on whose creation was never answered", UnansweredCreationFaults::play),
        new Episode(1, "writer killed between commit and cache call", Kills::afterCommit),
        new Episode(1, "instance killed at random", Kills::atRandom),
        new Episode(2, "cache calls lost", Episodes::lost),
        new Episode(2, "answers of cache calls lost", Episodes::answersLost),
        new Episode(2, "cache calls applied after the caller gave up", Episodes::late),
        new Episode(2, "cache calls applied twice", Episodes::doubled),
        new Episode(3, "cache flushed", Outages::flush),
        new Episode(3, "cache restarted", Outages::restart),
        new Episode(4, "slow fills", Episodes::slowFills),
        new Episode(4, "slow reads of DynamoDB", Episodes::slowReads),
        new Episode(5, "DynamoDB's answers lost", Episodes::storeAnswersLost),
        new Episode(7, "an instance with another answer format", Kills::otherFormat),
        new Episode(9, "cache calls of writers overtaken", Episodes::overtaken),
        new Episode(10, "replicas of the cache lagging", Episodes::lagging),
        new Episode(11, "cache down for all", Outages::down),
        new Episode(11, "one instance cut off from the cache", Outages::cutOff),
        new Episode(11, "writes of one instance to the cache refused", Episodes::oneCannotWrite),
        new Episode(11, "cache slow", Episodes::slow),
        new Episode(11, "cache throttled", Episodes::throttled),
        new Episode(11, "garbage from the cache", Episodes::garbage),
        new Episode(11, "DynamoDB throttled", Episodes::storeThrottled),
        new Episode(12, "hot key evicted during a burst of reads", ReadBursts::hotKey),
        new Episode(
            11, "cut off from DynamoDB while the others raise epochs", Outages::partitioned),
        new Episode(13, "reads refused, too many in flight at once", ReadBursts::coldKeys),
        new Episode(16, "writes acknowledged while cut off from the cache", Outages::cutOffWriter),
        new Episode(17, "DynamoDB slow, 300-600 ms", Episodes::slowStore),
        new Episode(19, "epochs' item deleted", FleetFaults::deleted),
        new Episode(19, "epochs' item damaged", FleetFaults::damaged),
        new Episode(19, "epochs' item set back to an older copy", FleetFaults::rolledBack),
        new Episode(20, "an instance stopped for longer than the lease", Kills::suspended));
  }

  private static long lost(FaultContext context) throws InterruptedException {
    return context.cacheRules(Rule.of(Fault.DROP).rpcs(CHANGES).probability(0.2));
  }

  private static long answersLost(FaultContext context) throws InterruptedException {
    return context.cacheRules(Rule.of(Fault.DROP_ANSWER).rpcs(CHANGES).probability(0.2));
  }

  private static long late(FaultContext context) throws InterruptedException {
    return context.cacheRules(
        Rule.of(Fault.LATE).rpcs(CHANGES).probability(0.2).delay(millis(100), millis(3000)));
  }

  private static long doubled(FaultContext context) throws InterruptedException {
    return context.cacheRules(
        Rule.of(Fault.DUPLICATE).rpcs(CHANGES).probability(0.3).delay(ZERO, millis(2000)));
  }

  private static long slowFills(FaultContext context) throws InterruptedException {
    return context.cacheRules(
        Rule.of(Fault.DELAY).rpcs("Set", "SetIf").probability(0.5).delay(ZERO, millis(500)));
  }

  private static long slowReads(FaultContext context) throws InterruptedException {
    return context.storeRule(
        StoreRule.of(Effect.DELAY_ANSWER)
            .operations("GetItem", "BatchGetItem")
            .probability(0.5)
            .delay(millis(500)));
  }

  private static long slowStore(FaultContext context) throws InterruptedException {
    return context.storeRule(StoreRule.of(Effect.DELAY_ANSWER).delay(millis(300), millis(300)));
  }

  private static long storeAnswersLost(FaultContext context) throws InterruptedException {
    return context.storeRule(
        StoreRule.of(Effect.LOSE_ANSWER).operations("TransactWriteItems").probability(0.2));
  }

  private static long overtaken(FaultContext context) throws InterruptedException {
    return context.cacheRules(
        Rule.of(Fault.DELAY).rpcs(CHANGES).probability(0.5).delay(ZERO, millis(45)));
  }

  static long lagging(FaultContext context) throws InterruptedException {
    return context.cacheRules(Rule.of(Fault.LAG).rpcs(READS).delay(millis(100), millis(900)));
  }

  private static long oneCannotWrite(FaultContext context) throws InterruptedException {
    return context.cacheRules(
        Rule.of(Fault.ERROR)
            .rpcs(CHANGES)
            .clients(context.anyNode().name())
            .status(Status.Code.INTERNAL, ""));
  }

  private static long slow(FaultContext context) throws InterruptedException {
    return context.cacheRules(
        Rule.of(Fault.DELAY).probability(0.7).delay(millis(20), millis(2000)));
  }

  private static long throttled(FaultContext context) throws InterruptedException {
    return context.cacheRules(Rule.of(Fault.THROTTLE).perSecond(20));
  }

  private static long garbage(FaultContext context) throws InterruptedException {
    return context.cacheRules(Rule.of(Fault.GARBAGE).rpcs(READS).probability(0.3));
  }

  private static long storeThrottled(FaultContext context) throws InterruptedException {
    return context.storeRule(StoreRule.of(Effect.THROTTLE).probability(0.2));
  }

  private static Duration millis(long count) {
    return Duration.ofMillis(count);
  }
}
