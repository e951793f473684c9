package accounts.async;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * Timeouts of calls: every call sets some, and almost none fires. A hashed wheel makes setting one
 * cheap, whereas a scheduler keeps all of them in order. They fire up to one tick, 10 ms, late.
 */
public final class Timeouts {

  private static final Timer WHEEL =
      new HashedWheelTimer(
          Thread.ofPlatform().daemon().name("timeouts").factory(),
          10,
          TimeUnit.MILLISECONDS,
          512,
          false,
          -1,
          ForkJoinPool.commonPool());

  private Timeouts() {}

  /**
   * Sets a timeout.
   *
   * @param task run on a thread of the common pool, unless the timeout is cancelled before
   */
  public static Timeout after(long nanos, Runnable task) {
    return WHEEL.newTimeout(timeout -> task.run(), nanos, TimeUnit.NANOSECONDS);
  }
}
