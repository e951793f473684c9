package accounts.bench.simulation;

import java.time.Duration;

/** The tutorial's protocol as a special case of what is computed. */
final class Tutorial {

  /** Its time to live. */
  static final Duration TTL = Duration.ofSeconds(60);

  private Tutorial() {}

  /**
   * Returns what its cells do: nothing is kept in memory, and callers share nothing: all who miss a
   * cell until it is set again read the table.
   */
  static Renewal renewal(double writes, Settings settings) {
    return new Renewal(
        1,
        0,
        writes,
        settings.ttl(),
        Duration.ZERO,
        1,
        Duration.ZERO,
        settings.store().mean().plus(settings.cache().mean()),
        Quotas.MOST_WRITES_OF_A_KEY);
  }
}
