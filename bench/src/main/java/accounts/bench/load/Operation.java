package accounts.bench.load;

/** An operation whose cost is measured, on users of its own. */
enum Operation {
  /** A FRESH read of a cached user. */
  HIT("hit", "hit-measured", 1),
  /** A change of a cached user. */
  CHANGE("change", "change-measured", 4),
  /** The first FRESH read of a user after a change and its repair. */
  READ_AFTER_CHANGE("read after change", "reread-measured", 4),
  /** A change of an uncached user. */
  CHANGE_UNCACHED("change, uncached", "uncached-measured", 10),
  /** A FRESH read of an uncached user. */
  MISS("miss", "miss-measured", 10);

  private final String title;
  private final String username;
  private final int weight;

  Operation(String title, String username, int weight) {
    this.title = title;
    this.username = username;
    this.weight = weight;
  }

  /** Returns how many are measured in a round with {@code hits} hits. */
  int times(int hits) {
    return Math.max(1, hits / weight);
  }

  /**
   * Returns how many rounds are measured: one for {@code READ_AFTER_CHANGE}, whose changes are made
   * once in advance.
   */
  int rounds(int wanted) {
    return this == READ_AFTER_CHANGE ? 1 : wanted;
  }

  String title() {
    return title;
  }

  /** Returns the username, or the prefix of the usernames if there are several. */
  String username() {
    return username;
  }
}
