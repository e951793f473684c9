package accounts.bench.load;

/**
 * How a fleet is used.
 *
 * @param perSecond calls, of one key each
 * @param hits the share of reads that are hits
 * @param changes the share of calls that change something
 * @param writeUnits of DynamoDB for a change, see docs/adr/0015-audit-trail.md
 * @param itemBytes the size of a cell
 * @param instances how many there are
 * @param leaseSeconds {@code ACCOUNTS_EPOCH_LEASE}
 * @param shards of the table's stream
 */
public record Usage(
    double perSecond,
    double hits,
    double changes,
    double writeUnits,
    double itemBytes,
    int instances,
    double leaseSeconds,
    int shards) {

  /**
   * @throws IllegalArgumentException if a number makes no sense; the message says which
   */
  public Usage {
    require("calls", perSecond, perSecond > 0, "more than 0 a second");
    require("hits", hits, hits >= 0 && hits <= 1, "0 to 1");
    require("changes", changes, changes >= 0 && changes <= 1, "0 to 1");
    require("write units", writeUnits, writeUnits >= 0, "0 or more");
    require("item bytes", itemBytes, itemBytes > 0, "more than 0");
    require("instances", instances, instances > 0, "1 or more");
    require("lease", leaseSeconds, leaseSeconds > 0, "more than 0 s");
    require("shards", shards, shards >= 0, "0 or more");
  }

  private static void require(String name, double value, boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, value, expected));
    }
  }

  /** Returns how many of a million calls are of this kind. */
  double ofAMillion(Operation operation) {
    double reads = 1 - changes;
    return 1e6
        * switch (operation) {
          case HIT -> reads * hits;
          case MISS -> reads * (1 - hits);
          case CHANGE -> changes;
          case READ_AFTER_CHANGE, CHANGE_UNCACHED -> 0; // a hit; a miss and a change
        };
  }

  /** Returns how long a million calls take, in seconds. */
  double secondsForAMillion() {
    return 1e6 / perSecond;
  }
}
