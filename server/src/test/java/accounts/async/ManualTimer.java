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
 * A timer and its clock, both of which stand still until the test lets time pass. Tasks run on the
 * thread that does.
 */
public final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {

  private final PriorityQueue<Task<?>> tasks =
      new PriorityQueue<>(
          Comparator.<Task<?>>comparingLong(task -> task.due)
              .thenComparingLong(task -> task.number));
  private long now;
  private long number;
  private boolean shutdown;

  private final class Task<T> extends FutureTask<T> implements ScheduledFuture<T> {

    private final long due;
    private final long number;

    Task(Callable<T> action, long due, long number) {
      super(action);
      this.due = due;
      this.number = number;
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
      next.run();
      next = next(end);
    }
    synchronized (this) {
      now = end;
    }
  }

  private synchronized @Nullable Task<?> next(long end) {
    Task<?> first = tasks.peek();
    if (first == null || first.due > end) {
      return null;
    }
    now = Math.max(now, first.due);
    return tasks.poll();
  }

  @Override
  public synchronized <V> ScheduledFuture<V> schedule(
      Callable<V> callable, long delay, TimeUnit unit) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    Task<V> task = new Task<>(callable, now + unit.toNanos(delay), number++);
    tasks.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(Executors.callable(command), delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
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
