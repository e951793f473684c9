package accounts.grpc;

import accounts.overload.CallAdmission;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells callers that they are refused for overload: at once, and whoever comes back sooner than it
 * was told to, when that time is over. A caller that repeats its calls at once would otherwise take
 * the processor from those that are admitted, by being refused thousands of times a second.
 *
 * <p>Safe for use by several threads.
 */
public final class Refusals {

  /** Callers remembered; of more, some are refused at once. */
  private static final int CALLERS = 10_000;

  /** Refusals held back; more are told at once. */
  private static final int HELD = 4096;

  /** What is due meanwhile is told at a time, and sent at once. */
  private static final long TOGETHER_NANOS = Duration.ofMillis(10).toNanos();

  private final Supplier<ScheduledExecutorService> timer;
  private final LongSupplier nanoTime;
  private final Cache<String, Boolean> told;
  private final Semaphore places = new Semaphore(HELD);

  /**
   * @param timer returns what tells the callers of the current thread what was held back
   * @param nanoTime in nanoseconds from any origin
   */
  public Refusals(Supplier<ScheduledExecutorService> timer, LongSupplier nanoTime) {
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.told =
        Caffeine.newBuilder()
            .expireAfterWrite(CallAdmission.RETRY_AFTER)
            .maximumSize(CALLERS)
            .ticker(nanoTime::getAsLong)
            .build();
  }

  /**
   * Tells a caller that its call is refused, now or later.
   *
   * @param tell closes the call
   */
  void refuse(String caller, Runnable tell) {
    boolean isFirst = told.asMap().putIfAbsent(caller, true) == null;
    if (isFirst || !places.tryAcquire()) {
      tell.run();
    } else {
      later(tell);
    }
  }

  private void later(Runnable tell) {
    Runnable told =
        () -> {
          places.release();
          tell.run();
        };
    try {
      var unused = timer.get().schedule(told, delayNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopping) {
      told.run();
    }
  }

  /** As long as callers are told to wait, or a little longer: up to the next common moment. */
  private long delayNanos() {
    long least = CallAdmission.RETRY_AFTER.toNanos();
    return least + Math.floorMod(-(nanoTime.getAsLong() + least), TOGETHER_NANOS);
  }
}
