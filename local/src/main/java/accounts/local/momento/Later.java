package accounts.local.momento;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One thread that does things later, until it is closed. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing waits for a task; closing drops them all
public final class Later implements AutoCloseable {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("local-cache-timer").factory());

  /** Does something once. */
  public void after(Duration delay, Runnable task) {
    timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
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
