package accounts.local.momento;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One thread that does things later, until it is closed. Safe for any thread. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing waits for a task; closing drops them all
public final class Later implements AutoCloseable {

  private static final int MAXIMUM_PENDING = 100_000;

  private final Semaphore room = new Semaphore(MAXIMUM_PENDING);
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("local-cache-timer").factory());

  /** Starts the thread. */
  public Later() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Does something once; at once, on this thread, if too much is waiting already. */
  public void after(Duration delay, Runnable task) {
    if (!room.tryAcquire()) {
      task.run();
      return;
    }
    timer.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run(Runnable task) {
    room.release();
    task.run();
  }

  /**
   * Does something once, unless it is cancelled first. Such tasks are not counted: the caller keeps
   * them few.
   *
   * @return cancels it
   */
  public Runnable unlessCancelled(Duration delay, Runnable task) {
    Future<?> pending = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> pending.cancel(false);
  }

  /** Does something again and again. */
  public void every(Duration interval, Runnable task) {
    timer.scheduleAtFixedRate(task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Drops what was to be done. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
