package accounts.bench.speed;

import accounts.bench.load.Prices;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is paid for, as counted by the backends: items of Momento by method, units of DynamoDB by
 * operation. Also what no caller waits for, such as fills, hints and leases.
 */
record Units(Map<String, Double> cache, Map<String, Double> store) {

  private static final Set<String> SINGLE_WRITES = Set.of("PutItem", "UpdateItem", "DeleteItem");

  static final Units NONE = new Units(Map.of(), Map.of());

  Units {
    cache = Map.copyOf(cache);
    store = Map.copyOf(store);
  }

  static Units of(Map<String, Long> cache, Map<String, Long> store) {
    return new Units(doubles(cache), doubles(store));
  }

  private static Map<String, Double> doubles(Map<String, Long> counts) {
    Map<String, Double> doubles = new HashMap<>();
    counts.forEach((name, count) -> doubles.put(name, (double) count));
    return doubles;
  }

  /** Returns what was added since {@code before}, for each of so many calls. */
  Units each(Units before, double calls) {
    return new Units(each(cache, before.cache, calls), each(store, before.store, calls));
  }

  private static Map<String, Double> each(
      Map<String, Double> now, Map<String, Double> before, double calls) {
    Map<String, Double> each = new HashMap<>();
    now.forEach((name, count) -> each.put(name, (count - before.getOrDefault(name, 0.0)) / calls));
    return each;
  }

  /** Returns items that are read. */
  double gets() {
    return cache.getOrDefault("Get", 0.0) + cache.getOrDefault("GetBatch", 0.0);
  }

  /** Returns changes of items: conditional ones and others. */
  double changes() {
    return swaps() + cache.getOrDefault("Set", 0.0);
  }

  private double swaps() {
    return cache.getOrDefault("SetIf", 0.0);
  }

  double publishes() {
    return cache.getOrDefault("Publish", 0.0);
  }

  double readUnits() {
    return sum(true);
  }

  double writeUnits() {
    return sum(false);
  }

  private double sum(boolean reads) {
    return store.entrySet().stream()
        .filter(entry -> isRead(entry.getKey()) == reads && isPaid(entry.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static boolean isRead(String operation) {
    return operation.contains("Get") || operation.equals("Query");
  }

  /** Streams are paid by other units, and asked whether somebody calls or not. */
  private static boolean isPaid(String operation) {
    return !operation.contains("Record")
        && !operation.contains("Shard")
        && (isRead(operation) || operation.contains("Write") || SINGLE_WRITES.contains(operation));
  }

  /**
   * Returns what a million calls cost.
   *
   * @param isConsistent whether gets read consistently, which Momento counts several times
   */
  double million(Prices prices, boolean isConsistent) {
    double operations =
        gets() * (isConsistent ? prices.getFactor() : 1)
            + swaps() * prices.swapFactor()
            + cache.getOrDefault("Set", 0.0)
            + publishes();
    return operations * prices.operations()
        + readUnits() * prices.readUnits()
        + writeUnits() * prices.writeUnits();
  }
}
