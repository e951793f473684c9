package accounts.bench.freshness;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Generates names that nobody else uses in this deployment. Safe for any thread. */
final class Names {

  private final String run =
      "check-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
  private final AtomicLong numbers = new AtomicLong();

  /** Returns a new name that is a slug, beginning with {@code what}. */
  String next(String what) {
    return run + "-" + what + numbers.incrementAndGet();
  }

  /** Returns a new value. */
  String value() {
    return "v" + numbers.incrementAndGet();
  }
}
