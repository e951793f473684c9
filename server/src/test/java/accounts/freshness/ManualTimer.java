package accounts.freshness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Both clocks and the timer of an instance: time passes when the test says so. */
final class ManualTimer extends ScheduledThreadPoolExecutor {

  private final List<Task> tasks = new ArrayList<>();
  private long nanos = 1_000;
  private long millis = 1_700_000_000_000L;

  ManualTimer() {
    super(1);
  }

  private final class Task extends FutureTask<@Nullable Void> implements ScheduledFuture<Void> {

    private final Runnable command;
    private final long period;
    private long due;

    Task(Runnable command, long due, long period) {
      super(command, null);
      this.command = command;
      this.due = due;
      this.period = period;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    void runOnce() {
      if (period > 0) {
        due += period;
        tasks.add(this);
      }
      command.run();
    }
  }

  long nanos() {
    return nanos;
  }

  long millis() {
    return millis;
  }

  /** Sets the wall clock forwards or backwards. */
  void setWallClock(Duration change) {
    millis += change.toMillis();
  }

  /** Returns how many tasks wait for their time. */
  int waiting() {
    return tasks.size();
  }

  /** Lets time pass, and whatever is due run in its order. */
  void pass(Duration time) {
    long end = nanos + time.toNanos();
    for (Optional<Task> next = due(end); next.isPresent(); next = due(end)) {
      tasks.remove(next.get());
      moveTo(Math.max(nanos, next.get().due));
      next.get().runOnce();
    }
    moveTo(end);
  }

  private Optional<Task> due(long end) {
    return tasks.stream()
        .filter(task -> task.due <= end)
        .min(Comparator.comparingLong(task -> task.due));
  }

  private void moveTo(long then) {
    millis += TimeUnit.NANOSECONDS.toMillis(then) - TimeUnit.NANOSECONDS.toMillis(nanos);
    nanos = then;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return added(new Task(command, nanos + unit.toNanos(delay), 0));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("a timer's task has no result");
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return added(new Task(command, nanos + unit.toNanos(initialDelay), unit.toNanos(period)));
  }

  private Task added(Task task) {
    if (isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    tasks.add(task);
    return task;
  }
}
