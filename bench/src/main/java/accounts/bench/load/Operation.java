package accounts.bench.load;

import java.util.Locale;

/** What is measured, each on a user of its own. */
enum Operation {
  /** A FRESH read of what the cache has. */
  HIT(1),
  /** A change of what was read before. */
  WRITE(4),
  /** A FRESH read after the cache was flushed. */
  MISS(10);

  private final int weight;

  Operation(int weight) {
    this.weight = weight;
  }

  /** How many are done where {@code hits} of the cheapest are. */
  int times(int hits) {
    return Math.max(1, hits / weight);
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  String username() {
    return title() + "-measured";
  }
}
