package accounts.bench.harness;

import accounts.bench.freshness.EntityProbe;
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
 * Restores the table from a backup while the cache holds answers that are newer than the backup.
 * For one thread.
 */
final class Restores {

  private static final int USERS = 3;

  /** The last name that users get after the backup. */
  private static final String LATER = "AfterTheBackup";

  /** By when all running instances must have noticed that the table was replaced. */
  private static final Duration LIMIT = Duration.ofSeconds(6);

  private static final Duration WATCHED = Duration.ofSeconds(2);

  private final List<String> complaints = new ArrayList<>();
  private long count;

  /** Restores the table while the instances run, and again while none does. */
  void play(Cluster cluster, Ledger ledger, Workload.Extras extras) throws InterruptedException {
    EntityProbe probe = extras.probe();
    try (DirectTable table = DirectTable.open(cluster)) {
      restoreUnderRunning(cluster, probe, table);
      ledger.note("table restored while the instances ran");
      restoreWhileDown(cluster, probe, table);
      ledger.note("table restored while no instance ran");
    }
  }

  /** Like a new table into which somebody loads the entities: the epochs' item is missing. */
  private void restoreUnderRunning(Cluster cluster, EntityProbe probe, DirectTable table)
      throws InterruptedException {
    List<Key> users = users(probe);
    List<Map<String, AttributeValue>> backup =
        table.backUp().stream().filter(item -> !FleetItem.is(item)).toList();
    changeAndCache(probe, users);
    remake(cluster, table, backup);
    Thread.sleep(LIMIT);
    watch(probe, users, "while the instances ran");
  }

  /** Like a restore by DynamoDB: all items are there, also the epochs' item. */
  private void restoreWhileDown(Cluster cluster, EntityProbe probe, DirectTable table)
      throws InterruptedException {
    List<Key> users = users(probe);
    List<Map<String, AttributeValue>> backup = table.backUp();
    changeAndCache(probe, users);
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
    watch(probe, users, "while no instance ran");
  }

  private static List<Key> users(EntityProbe probe) throws InterruptedException {
    List<Key> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      users.add(probe.user());
    }
    return users;
  }

  private static void changeAndCache(EntityProbe probe, List<Key> users)
      throws InterruptedException {
    for (Key user : users) {
      probe.rename(user, LATER);
      var unused = probe.ask(user);
    }
  }

  private static void remake(
      Cluster cluster, DirectTable table, List<Map<String, AttributeValue>> backup) {
    table.deleteTable();
    cluster.dynamoDb().createTable(Cluster.NAME);
    // A restored table has no stream until somebody turns it on. And DynamoDB Local takes ever
    // longer for a record of the stream, a quarter of an hour for all of a long run.
    table.setStream(false);
    backup.forEach(table::put);
    table.setStream(true);
  }

  private void watch(EntityProbe probe, List<Key> users, String when) throws InterruptedException {
    long end = System.nanoTime() + WATCHED.toNanos();
    while (System.nanoTime() - end < 0) {
      for (Key user : users) {
        if (probe.ask(user).stream().anyMatch(Restores::isOfTheTableBefore)) {
          complaints.add(user + ": answered from the old table, restored " + when);
          return;
        }
      }
    }
    count++;
  }

  private static boolean isOfTheTableBefore(Answer answer) {
    return answer.value().contains(LATER);
  }

  /** Returns how many restores were followed by no answer from the old table. */
  long count() {
    return count;
  }

  /** Returns the broken promises. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }
}
