package accounts.bench.harness;

import accounts.bench.freshness.Bystander;
import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Workload;
import accounts.bench.history.Answer;
import accounts.bench.history.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table deleted and made anew from a backup, while the cache holds answers that are later than
 * the backup. For one thread.
 */
final class Restores {

  private static final int USERS = 3;

  /** What a last name is set to after the backup. */
  private static final String LATER = "AfterTheBackup";

  /** By when all instances that run on have learned that the table is another one. */
  private static final Duration LIMIT = Duration.ofSeconds(6);

  private static final Duration WATCHED = Duration.ofSeconds(2);

  private final List<String> complaints = new ArrayList<>();
  private long count;

  /** Restores the table while the instances run, and once more while none does. */
  void play(Cluster cluster, Ledger ledger, Workload.Extras extras) throws InterruptedException {
    Bystander bystander = extras.bystander();
    try (OutsideTable table = OutsideTable.open(cluster)) {
      restoreUnderRunning(cluster, bystander, table);
      ledger.note("table restored under running instances");
      restoreWhileDown(cluster, bystander, table);
      ledger.note("table restored while no instance ran");
    }
  }

  /**
   * As when somebody makes the table anew and loads the entities: the epochs' item is not in it.
   */
  private void restoreUnderRunning(Cluster cluster, Bystander bystander, OutsideTable table)
      throws InterruptedException {
    List<Key> users = users(bystander);
    List<Map<String, AttributeValue>> backup =
        table.backUp().stream().filter(item -> !FleetItem.is(item)).toList();
    changeAndCache(bystander, users);
    remake(cluster, table, backup);
    Thread.sleep(LIMIT);
    watch(bystander, users, "while the instances ran");
  }

  /** As a restore by DynamoDB does it: everything is in it, the epochs' item as well. */
  private void restoreWhileDown(Cluster cluster, Bystander bystander, OutsideTable table)
      throws InterruptedException {
    List<Key> users = users(bystander);
    List<Map<String, AttributeValue>> backup = table.backUp();
    changeAndCache(bystander, users);
    for (Node node : cluster.nodes()) {
      node.server().close();
    }
    remake(cluster, table, backup);
    for (Node node : cluster.nodes()) {
      node.server().start();
    }
    for (Node node : cluster.nodes()) {
      node.server().awaitReady();
    }
    watch(bystander, users, "while no instance ran");
  }

  private static List<Key> users(Bystander bystander) throws InterruptedException {
    List<Key> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      users.add(bystander.user());
    }
    return users;
  }

  private static void changeAndCache(Bystander bystander, List<Key> users)
      throws InterruptedException {
    for (Key user : users) {
      bystander.rename(user, LATER);
      var unused = bystander.ask(user);
    }
  }

  private static void remake(
      Cluster cluster, OutsideTable table, List<Map<String, AttributeValue>> backup) {
    table.deleteTable();
    cluster.dynamoDb().createTable(Cluster.NAME);
    backup.forEach(table::put);
  }

  private void watch(Bystander bystander, List<Key> users, String when)
      throws InterruptedException {
    long end = System.nanoTime() + WATCHED.toNanos();
    while (System.nanoTime() - end < 0) {
      for (Key user : users) {
        if (bystander.ask(user).stream().anyMatch(Restores::isOfTheTableBefore)) {
          complaints.add(user + ": an answer of the table that was restored " + when);
          return;
        }
      }
    }
    count++;
  }

  private static boolean isOfTheTableBefore(Answer answer) {
    return answer.value().contains(LATER);
  }

  /** Returns how often it was restored and no answer of the table before was given. */
  long count() {
    return count;
  }

  /** Returns what was not as promised. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }
}
