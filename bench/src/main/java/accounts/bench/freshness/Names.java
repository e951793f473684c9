package accounts.bench.freshness;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Generates names that nobody else uses in this deployment. Safe for any thread. */
final class Names {

  private static final String SUSPENDABLE = "suspendable";

  private final String run =
      "check-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
  private final AtomicLong numbers = new AtomicLong();

  /** Returns a new name that is a slug, beginning with {@code what}. */
  String next(String what) {
    return run + "-" + what + numbers.incrementAndGet();
  }

  /**
   * Returns a new name like {@link #next}, of a user that is suspended and resumed, never renamed.
   */
  String suspendable() {
    return next(SUSPENDABLE);
  }

  /** Returns whether {@link #suspendable} made a name. */
  static boolean isSuspendable(String name) {
    return name.contains("-" + SUSPENDABLE);
  }

  /** Returns a new value. */
  String value() {
    return "v" + numbers.incrementAndGet();
  }
}
