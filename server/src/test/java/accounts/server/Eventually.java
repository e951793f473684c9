package accounts.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what comes about by itself, such as a cell that is filled behind its reader's back. */
final class Eventually {

  /** Other tests, and other people's builds, use the processors too. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The tests beside this one need the processors more. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private Eventually() {}

  /** Makes a call again and again until its answer is as it should be, and returns that. */
  static <T> T get(Supplier<T> call, Predicate<T> condition) {
    return get(call, condition, LIMIT);
  }

  /** As {@link #get(Supplier, Predicate)}, for what takes longer by itself. */
  static <T> T get(Supplier<T> call, Predicate<T> condition, Duration limit) {
    long began = System.nanoTime();
    T answer = call.get();
    while (!condition.test(answer)) {
      if (System.nanoTime() - began > limit.toNanos()) {
        throw new AssertionError("still: " + answer);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = call.get();
    }
    return answer;
  }
}
