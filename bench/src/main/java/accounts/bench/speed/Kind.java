package accounts.bench.speed;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of calls that are measured, each after the one that it is compared with. */
enum Kind {
  ECHO("bare echo", null, 64, true),
  BOUNDED("BOUNDED hit, 100 users", ECHO, 64, true),
  METERED("bare echo with metrics", ECHO, 64, false),
  RELAY("bare relay", null, 64, true),
  FRESH("FRESH hit, 2,000 users", RELAY, 64, true),
  TOKEN("FRESH hit with a token", FRESH, 64, false),
  TRACED("FRESH hit, 1 in 100 traced", FRESH, 64, false),
  BATCH("batch of 100 hits", FRESH, 8, true),
  GET_ITEM("bare GetItem", null, 16, true),
  STORE("STORE read", GET_ITEM, 16, true),
  MISS("FRESH miss", GET_ITEM, 16, false),
  ADD("AddUserToOrganization", null, 8, false),
  TUTORIAL("tutorial's protocol in Java, hit", RELAY, 64, false),
  NODE("tutorial on Node.js, hit", FRESH, 64, false),
  BEFORE_BOUNDED("other build: BOUNDED hit", BOUNDED, 64, true),
  BEFORE_FRESH("other build: FRESH hit", FRESH, 64, true),
  BEFORE_BATCH("other build: batch of 100 hits", BATCH, 8, true);

  private final String title;
  private final @Nullable Kind baseline;
  private final int callers;
  private final boolean quick;

  /**
   * @param callers how many calls are outstanding when the highest throughput is measured
   * @param quick whether the short measurement has it, too
   */
  Kind(String title, @Nullable Kind baseline, int callers, boolean quick) {
    this.title = title;
    this.baseline = baseline;
    this.callers = callers;
    this.quick = quick;
  }

  String title() {
    return title;
  }

  /** Returns what it is compared with. */
  Optional<Kind> baseline() {
    return Optional.ofNullable(baseline);
  }

  int callers() {
    return callers;
  }

  /** Returns whether its server reads the cache consistently. */
  boolean isConsistent() {
    return this != NODE;
  }

  boolean isQuick() {
    return quick;
  }
}
