package accounts.bench.load;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a million calls cost, computed from prices, from how the fleet is used, and from the items
 * that each call may take, to which {@code make bench-cost} holds the server.
 */
public record Bill(Prices prices, Usage usage) {

  private static final double KIBIBYTE = 1024;
  private static final double READ_UNIT = 4096;
  private static final double GIGABYTE = 1e9;

  // docs/adr/0010-notices-and-repair.md, for each second.
  private static final int CANDIDATES = 16;
  private static final double STREAM_READS = 3.3;
  private static final double OWNERSHIP_READS = 2 * 0.5;

  /** Reads of the fleet's state in each lease while DynamoDB answers at once: docs/adr/0034. */
  private static final double LEASE_READS = 4;

  /**
   * One thing that is paid for.
   *
   * @param hit how much of it a hit takes; likewise {@code miss} and {@code change}
   * @param atRest how much of it the fleet takes in a second without a call
   * @param price of one
   */
  record Line(String name, double hit, double miss, double change, double atRest, double price) {

    double forCalls(Usage usage) {
      return hit * usage.ofAMillion(Operation.HIT)
          + miss * usage.ofAMillion(Operation.MISS)
          + change * usage.ofAMillion(Operation.CHANGE);
    }

    double meanwhile(Usage usage) {
      return atRest * usage.secondsForAMillion();
    }

    double cost(Usage usage) {
      return price * (forCalls(usage) + meanwhile(usage));
    }

    private String text(Usage usage) {
      return "%-22s %9.3g %9.3g %9.3g %,14.2f %,14.2f %,10.2f%n"
          .formatted(name, hit, miss, change, forCalls(usage), meanwhile(usage), cost(usage));
    }
  }

  List<Line> lines() {
    int candidates = Math.min(CANDIDATES, usage.instances());
    return List.of(
        new Line(
            "Momento operations",
            operations(Operation.HIT),
            operations(Operation.MISS),
            operations(Operation.CHANGE),
            0,
            prices.operations() / 1e6),
        new Line(
            "Momento transfer, GB",
            transferred(Operation.HIT),
            transferred(Operation.MISS),
            transferred(Operation.CHANGE),
            0,
            prices.gigabytes()),
        new Line(
            "DynamoDB read units",
            0,
            Math.ceil(usage.itemBytes() / READ_UNIT),
            0,
            LEASE_READS / usage.leaseSeconds() * usage.instances()
                + OWNERSHIP_READS * candidates * usage.shards(),
            prices.readUnits() / 1e6),
        new Line(
            "DynamoDB write units",
            0,
            0,
            usage.writeUnits(),
            candidates + usage.shards(),
            prices.writeUnits() / 1e6),
        new Line(
            "stream read requests",
            0,
            0,
            0,
            STREAM_READS * usage.shards(),
            prices.streamReads() / 1e6));
  }

  private static Map<String, Long> items(Operation operation) {
    return OperationCost.allowed(operation, Variant.WHOLE);
  }

  /** A hint is an operation of whoever sends it, and one of each instance that hears it. */
  private double operations(Operation operation) {
    double size = Math.ceil(usage.itemBytes() / KIBIBYTE);
    Map<String, Long> items = items(operation);
    return items.getOrDefault("Get", 0L) * prices.getFactor() * size
        + items.getOrDefault("SetIf", 0L) * prices.swapFactor() * size
        + items.getOrDefault("Publish", 0L) * (1 + usage.instances());
  }

  /** Hints are small. */
  private double transferred(Operation operation) {
    Map<String, Long> items = items(operation);
    long cells = items.getOrDefault("Get", 0L) + items.getOrDefault("SetIf", 0L);
    return cells * usage.itemBytes() / GIGABYTE;
  }

  /** Returns what a million calls cost. */
  public double total() {
    return lines().stream().mapToDouble(line -> line.cost(usage)).sum();
  }

  /** Returns the bill as a table. */
  public String text() {
    return "%-22s %9s %9s %9s %14s %14s %10s%n"
            .formatted("", "hit", "miss", "change", "million calls", "meanwhile", "cost")
        + lines().stream().map(line -> line.text(usage)).collect(Collectors.joining())
        + "%-81s %,10.2f%n".formatted("a million calls", total())
        + "at %,.0f calls/s, raise quotas above: %,.0f Momento operations/s, %,.0f read units/s, %,.0f write units/s"
            .formatted(usage.perSecond(), perSecond(0), perSecond(2), perSecond(3));
  }

  private double perSecond(int line) {
    Line of = lines().get(line);
    return of.forCalls(usage) / usage.secondsForAMillion() + of.atRest();
  }
}
