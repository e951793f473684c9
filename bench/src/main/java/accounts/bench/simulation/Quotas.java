package accounts.bench.simulation;

import accounts.bench.load.Bill;
import accounts.bench.load.Prices;
import accounts.bench.load.Usage;
import accounts.bench.simulation.Renewal.Rates;

/**
 * What a fleet takes of Momento's and DynamoDB's quotas, and what that costs.
 *
 * @param rates of all calls
 * @param hottest those of the key that is called most
 */
record Quotas(Size size, Rates rates, Rates hottest, Prices prices) {

  /** Write units of a change of a user: docs/adr/0015-audit-trail.md. */
  private static final double WRITE_UNITS = 6;

  /** DynamoDB's limit for a partition, in write units a second. */
  private static final double PARTITION_WRITES = 1_000;

  /** Changes of one key per second that its partition can take, if it has nothing else to do. */
  static final double MOST_WRITES_OF_A_KEY = PARTITION_WRITES / WRITE_UNITS;

  /** Partitions of a new table on demand. */
  private static final int LEAST_PARTITIONS = 4;

  private static final double LEASE_SECONDS = 1;

  /** Reads of the epochs in each lease while DynamoDB answers at once, and at most. */
  private static final double LEASE_READS = 4;

  private static final double MOST_LEASE_READS = 8;

  /** Read units a second that one copy of the epochs may take: half of its partition. */
  private static final double COPY_READS = 1_500;

  private static final double ITEM_BYTES = 500;
  private static final double MONTH_SECONDS = 30 * 24 * 3_600;

  /** Momento's operations per second: each change is also read by the repair. */
  double operations() {
    return (rates.gets() + rates.changes()) * prices.getFactor()
        + (2 * rates.loads() + rates.changes()) * prices.swapFactor()
        + rates.changes()
        + deliveries();
  }

  /** Hints that instances get per second. */
  double deliveries() {
    return rates.changes() * size.instances();
  }

  /** Read units per second: those of loads, and of the epochs. */
  double readUnits() {
    return rates.loads() + LEASE_READS / LEASE_SECONDS * size.instances();
  }

  double writeUnits() {
    return rates.changes() * WRITE_UNITS;
  }

  /** Returns how many copies of the epochs are needed, {@code ACCOUNTS_EPOCH_COPIES}. */
  int copies() {
    return (int) Math.ceil(MOST_LEASE_READS / LEASE_SECONDS * size.instances() / COPY_READS);
  }

  /** Returns how many partitions the table needs. */
  int partitions() {
    return (int)
        Math.ceil(
            Math.max(
                LEAST_PARTITIONS,
                Math.max(
                    readUnits() / StoreModel.PARTITION_READS, writeUnits() / PARTITION_WRITES)));
  }

  /** Returns what a month costs, in dollars. */
  double month() {
    double lookups = rates.gets() - rates.changes();
    Usage usage =
        new Usage(
            rates.gets(),
            1 - rates.loads() / lookups,
            rates.changes() / rates.gets(),
            WRITE_UNITS,
            ITEM_BYTES,
            size.instances(),
            LEASE_SECONDS,
            partitions());
    return new Bill(prices, usage).total() / 1e6 * rates.gets() * MONTH_SECONDS;
  }

  /** Returns what a month costs with {@code ACCOUNTS_HINTS=false}, in dollars. */
  double monthWithoutHints() {
    return month() - (rates.changes() + deliveries()) * prices.operations() / 1e6 * MONTH_SECONDS;
  }

  /**
   * Returns what a month of the tutorial's protocol costs, at its most favourable: an operation of
   * Momento for each call of it, half a read unit for each load, a write unit for each change.
   */
  static double tutorialsMonth(Rates rates, Prices prices) {
    double perSecond =
        (rates.gets() + rates.loads() + rates.changes()) * prices.operations()
            + rates.loads() * 0.5 * prices.readUnits()
            + rates.changes() * prices.writeUnits();
    return perSecond / 1e6 * MONTH_SECONDS;
  }
}
