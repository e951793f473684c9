package accounts.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what comes about by itself, such as a cell that is filled behind its reader's back. */
final class Eventually {

  /** Other tests, and other people's builds, use the processors too. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final long LEAST_PAUSE_NANOS = 5_000_000;

  private Eventually() {}

  /** Makes a call again and again until its answer is as it should be, and returns that. */
  static <T> T get(Supplier<T> call, Predicate<T> condition) {
    return get(call, condition, LIMIT);
  }

  /** As {@link #get(Supplier, Predicate)}, for what takes longer by itself. */
  static <T> T get(Supplier<T> call, Predicate<T> condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      long began = System.nanoTime();
      T answer = call.get();
      if (condition.test(answer)) {
        return answer;
      }
      long now = System.nanoTime();
      if (now - end > 0) {
        throw new AssertionError("still: " + answer);
      }
      // The tests beside this one need the processors more.
      LockSupport.parkNanos(Math.max(LEAST_PAUSE_NANOS, now - began));
    }
  }
}
