package accounts.bench.harness;

import accounts.bench.freshness.EntityProbe;
import accounts.bench.freshness.Instances;
import accounts.bench.history.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Episodes with instances that do not belong to the fleet: one of another table on the same cache,
 * or one with a configuration that does not fit. For one thread.
 */
final class ForeignInstances {

  private static final String OTHER_TABLE = "accounts-other";
  private static final String OTHER_CACHE = "accounts-other";
  private static final int BAD_CONFIGURATION = 78;
  private static final int USERS = 4;
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final List<String> complaints = new ArrayList<>();

  /**
   * Runs an instance of another table on the same cache, and reads entities of the first table
   * through it; returns how many such reads there were.
   */
  long otherTable(FaultContext context) throws InterruptedException {
    context.cluster().dynamoDb().createTable(OTHER_TABLE);
    EntityProbe probe = context.extras().probe();
    Map<String, String> changed = Map.of("ACCOUNTS_TABLE", OTHER_TABLE);
    long asked = 0;
    try (Node other = context.cluster().startBeside("other-table", changed)) {
      other.server().awaitReady();
      context.ledger().note("an instance of another table uses the cache");
      try (Instances foreign = context.cluster().connectTo(other)) {
        for (int i = 0; i < USERS; i++) {
          Key user = probe.user();
          var unused = probe.ask(user); // so that the cache holds it
          asked += probe.judge(foreign, user);
        }
        asked += inTheOtherDirection(probe, foreign);
      }
    }
    return asked;
  }

  /** Entities of the other table must not reach the first table's callers either. */
  private static long inTheOtherDirection(EntityProbe probe, Instances foreign)
      throws InterruptedException {
    Key user = probe.userOf(foreign);
    return probe.judgeHere(user);
  }

  /** Starts instances with a different configuration; returns how many refused to start. */
  long differentConfigurations(FaultContext context) throws InterruptedException {
    context.cluster().cache().createCache(OTHER_CACHE);
    return refused(context, Map.of("ACCOUNTS_EPOCH_LEASE", "1700ms"), "lease")
        + refused(context, Map.of("ACCOUNTS_CACHE", OTHER_CACHE), "cache");
  }

  private long refused(FaultContext context, Map<String, String> changed, String difference)
      throws InterruptedException {
    try (Node different = context.cluster().startBeside("different", changed)) {
      OptionalInt code = different.server().awaitExit(LONGEST_START);
      if (code.isEmpty() || code.getAsInt() != BAD_CONFIGURATION) {
        complaints.add(
            "an instance with %s: %s (expected: exit code %d)"
                .formatted(
                    changed,
                    code.isEmpty() ? "runs" : "exit code " + code.getAsInt(),
                    BAD_CONFIGURATION));
        return 0;
      }
      if (!different.server().output().contains(difference)) {
        complaints.add(
            "an instance with %s does not report that the %s differs"
                .formatted(changed, difference));
        return 0;
      }
      return 1;
    }
  }

  /** Returns the broken promises. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }
}
