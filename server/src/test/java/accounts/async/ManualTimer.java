package accounts.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A timer and both clocks of an instance, which stand still until the test lets time pass. Tasks
 * run on the thread that does.
 */
public final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {

  private final PriorityQueue<Task<?>> tasks =
      new PriorityQueue<>(
          Comparator.<Task<?>>comparingLong(task -> task.due)
              .thenComparingLong(task -> task.number));
  private long now;
  private long millis = 1_700_000_000_000L;
  private long nextNumber;
  private boolean shutdown;

  private final class Task<T> extends FutureTask<T> implements ScheduledFuture<T> {

    private final long period;
    private final long number;
    private long due;

    /**
     * @param period nanoseconds between the runs, or 0 for one run
     */
    Task(Callable<T> action, long due, long period) {
      super(action);
      this.due = due;
      this.period = period;
      this.number = nextNumber++;
    }

    void runDue() {
      if (period == 0) {
        run();
      } else if (runAndReset()) {
        due += period;
        tasks.add(this);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  /** Returns what the clock shows. */
  public synchronized long nanoTime() {
    return now;
  }

  /** Returns what the wall clock shows, in milliseconds since 1970. */
  public synchronized long millis() {
    return millis;
  }

  /** Sets the wall clock forwards or backwards. */
  public synchronized void setWallClock(Duration change) {
    millis += change.toMillis();
  }

  /** Returns how many tasks wait for their time. */
  public synchronized int waiting() {
    tasks.removeIf(Task::isCancelled);
    return tasks.size();
  }

  /** Lets time pass, and runs what is due meanwhile, each at its moment. */
  public void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    Task<?> next = next(end);
    while (next != null) {
      next.runDue();
      next = next(end);
    }
    moveTo(end);
  }

  private synchronized @Nullable Task<?> next(long end) {
    Task<?> first = tasks.peek();
    if (first == null || first.due > end) {
      return null;
    }
    moveTo(Math.max(now, first.due));
    return tasks.poll();
  }

  private synchronized void moveTo(long then) {
    millis += TimeUnit.NANOSECONDS.toMillis(then) - TimeUnit.NANOSECONDS.toMillis(now);
    now = then;
  }

  @Override
  public synchronized <V> ScheduledFuture<V> schedule(
      Callable<V> callable, long delay, TimeUnit unit) {
    return added(new Task<>(callable, now + unit.toNanos(delay), 0));
  }

  private <V> Task<V> added(Task<V> task) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    tasks.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(Executors.callable(command), delay, unit);
  }

  @Override
  public synchronized ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return added(
        new Task<>(
            Executors.callable(command), now + unit.toNanos(initialDelay), unit.toNanos(period)));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable command) {
    var unused = schedule(command, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown = true;
    List<Runnable> left = new ArrayList<>(tasks);
    tasks.clear();
    return left;
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public synchronized boolean isTerminated() {
    return shutdown && tasks.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }
}
