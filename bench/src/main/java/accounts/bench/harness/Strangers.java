package accounts.bench.harness;

import accounts.bench.freshness.Bystander;
import accounts.bench.freshness.Instances;
import accounts.bench.history.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Instances that do not belong to the others: of another table on the same cache, or of a
 * configuration that does not fit. For one thread.
 */
final class Strangers {

  private static final String OTHER_TABLE = "accounts-other";
  private static final String OTHER_CACHE = "accounts-other";
  private static final int BAD_CONFIGURATION = 78;
  private static final int USERS = 4;
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final List<String> complaints = new ArrayList<>();

  /**
   * Has an instance of another table use the same cache, and asks it for what the first table has;
   * returns how often it was asked for something that the cache holds for the others.
   */
  long otherTable(Stage stage) throws InterruptedException {
    stage.cluster().dynamoDb().createTable(OTHER_TABLE);
    Bystander bystander = stage.extras().bystander();
    Map<String, String> changed = Map.of("ACCOUNTS_TABLE", OTHER_TABLE);
    long asked = 0;
    try (Node other = stage.cluster().startBeside("other-table", changed)) {
      other.server().awaitReady();
      stage.ledger().note("an instance of another table uses the cache");
      try (Instances strangers = Instances.connect(List.of(other.server().address()))) {
        for (int i = 0; i < USERS; i++) {
          Key user = bystander.user();
          var unused = bystander.ask(user); // and so they are cached
          asked += bystander.judge(strangers, user);
        }
        asked += theOtherWay(bystander, strangers);
      }
    }
    return asked;
  }

  /** What the other table has must not reach the first one's callers either. */
  private static long theOtherWay(Bystander bystander, Instances strangers)
      throws InterruptedException {
    Key user = bystander.userOf(strangers);
    return bystander.judgeHere(user);
  }

  /** Starts instances that are configured differently; returns how many refused to start. */
  long oddOnes(Stage stage) throws InterruptedException {
    stage.cluster().cache().createCache(OTHER_CACHE);
    return refused(stage, Map.of("ACCOUNTS_EPOCH_LEASE", "1700ms"), "lease")
        + refused(stage, Map.of("ACCOUNTS_CACHE", OTHER_CACHE), "cache");
  }

  private long refused(Stage stage, Map<String, String> changed, String difference)
      throws InterruptedException {
    try (Node odd = stage.cluster().startBeside("odd", changed)) {
      OptionalInt code = odd.server().awaitExit(LONGEST_START);
      if (code.isEmpty() || code.getAsInt() != BAD_CONFIGURATION) {
        complaints.add(
            "an instance with %s: %s (expected: exit code %d)"
                .formatted(
                    changed,
                    code.isEmpty() ? "runs" : "exit code " + code.getAsInt(),
                    BAD_CONFIGURATION));
        return 0;
      }
      if (!odd.server().output().contains(difference)) {
        complaints.add(
            "an instance with %s does not name the %s as what differs"
                .formatted(changed, difference));
        return 0;
      }
      return 1;
    }
  }

  /** Returns what was not as promised. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }
}
