package accounts.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings that all instances sharing a table must agree on.
 *
 * @param cellFormat the format of the cache's cells
 * @param cache which cache they share: its name, and where it is
 * @param lease how long an instance uses the epochs that it read
 * @param copies how many copies of the fleet's state the table holds, so that a large fleet does
 *     not overload one item
 */
public record FleetSettings(int cellFormat, String cache, Duration lease, int copies) {

  /**
   * Returns how these settings of an instance differ from the fleet's, one line for each
   * difference: name, this instance's value, what was expected.
   */
  public List<String> differencesFrom(FleetSettings fleet) {
    List<String> differences = new ArrayList<>();
    add(differences, "cell format", cellFormat, fleet.cellFormat);
    add(differences, "cache (ACCOUNTS_CACHE)", cache, fleet.cache);
    add(
        differences,
        "epoch lease (ACCOUNTS_EPOCH_LEASE)",
        lease.toMillis() + "ms",
        fleet.lease.toMillis() + "ms");
    add(differences, "copies of the epochs (ACCOUNTS_EPOCH_COPIES)", copies, fleet.copies);
    return List.copyOf(differences);
  }

  private static void add(List<String> differences, String name, Object own, Object fleets) {
    if (!own.equals(fleets)) {
      differences.add(
          "%s: %s (expected: %s, as all instances of this table)".formatted(name, own, fleets));
    }
  }
}
