package accounts.local.momento;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A timer thread for delayed and repeated tasks. Safe for any thread. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // no caller waits for a task; closing drops all of them
public final class DelayedTasks implements AutoCloseable {

  private static final int MAXIMUM_PENDING = 100_000;

  private final Semaphore room = new Semaphore(MAXIMUM_PENDING);
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("local-cache-timer").factory());

  /** Starts the thread. */
  public DelayedTasks() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Runs a task once after a delay; immediately, on this thread, if too many tasks are waiting. */
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
   * Runs a task once after a delay unless it is cancelled. These tasks are not counted: the caller
   * limits their number.
   *
   * @return cancels the task
   */
  public Runnable unlessCancelled(Duration delay, Runnable task) {
    Future<?> pending = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> pending.cancel(false);
  }

  /** Runs a task repeatedly. */
  public void every(Duration interval, Runnable task) {
    timer.scheduleAtFixedRate(task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Drops all waiting tasks. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
