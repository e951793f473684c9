package accounts.bench.load;

/** What is measured, each on users of its own. */
enum Operation {
  /** A FRESH read of what the cache has. */
  HIT("hit", "hit-measured", 1),
  /** A change of a user whom the cache has. */
  CHANGE("change", "change-measured", 4),
  /** The first FRESH read of a user after a change, the repair having passed. */
  READ_AFTER_CHANGE("read after change", "reread-measured", 4),
  /** A change of a user whom the cache does not have. */
  CHANGE_UNCACHED("change, uncached", "uncached-measured", 10),
  /** A FRESH read of a user whom the cache does not have. */
  MISS("miss", "miss-measured", 10);

  private final String title;
  private final String username;
  private final int weight;

  Operation(String title, String username, int weight) {
    this.title = title;
    this.username = username;
    this.weight = weight;
  }

  /** How many are done where {@code hits} of the cheapest are. */
  int times(int hits) {
    return Math.max(1, hits / weight);
  }

  /** What is prepared for a whole turn lasts for one. */
  int rounds(int wanted) {
    return this == READ_AFTER_CHANGE ? 1 : wanted;
  }

  String title() {
    return title;
  }

  /** Returns the user's name, or what the names of all users of this begin with. */
  String username() {
    return username;
  }
}
