package accounts.bench.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: a clock that stands still while something is done, and a timer that jumps from one
 * event to the next. Events of the same moment run in the order in which they were scheduled, so a
 * run depends on nothing but its input. For one thread.
 */
final class EventLoop extends AbstractExecutorService implements ScheduledExecutorService {

  /** Some day in 2026; what matters is that both clocks move together. */
  private static final long WALL_CLOCK_START = 1_767_225_600_000L;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long number;
  private boolean shutdown;

  private record Event(long due, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return due == other.due ? Long.compare(number, other.number) : Long.compare(due, other.due);
    }
  }

  /** A task of the service's own classes, which may cancel it. */
  private final class Task<T> extends FutureTask<T> implements RunnableScheduledFuture<T> {

    private final long period;
    private long due;

    Task(Callable<T> action, long due, long period) {
      super(action);
      this.due = due;
      this.period = period;
    }

    @Override
    public void run() {
      if (!isPeriodic()) {
        super.run();
      } else if (runAndReset()) {
        due += period;
        add(due, this);
      }
    }

    @Override
    public boolean isPeriodic() {
      return period > 0;
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

  /** Returns the monotonic clock, in nanoseconds from 0. */
  long nanoTime() {
    return now;
  }

  /** Returns the wall clock, in milliseconds since 1970. */
  long millis() {
    return WALL_CLOCK_START + TimeUnit.NANOSECONDS.toMillis(now);
  }

  /** Runs something after so many nanoseconds. */
  void in(long nanos, Runnable action) {
    add(now + Math.max(0, nanos), action);
  }

  /** Returns what something answers after so many nanoseconds, when it is also done. */
  <T> CompletableFuture<T> answer(long nanos, Supplier<T> answer) {
    CompletableFuture<T> future = new CompletableFuture<>();
    in(nanos, () -> future.complete(answer.get()));
    return future;
  }

  private void add(long due, Runnable action) {
    if (shutdown) {
      throw new RejectedExecutionException("the simulation is over");
    }
    events.add(new Event(due, number++, action));
  }

  /** Runs all events up to a moment, each at its own, and moves the clock to that moment. */
  void runUntil(long end) {
    Event next = next(end);
    while (next != null) {
      now = next.due;
      next.action.run();
      next = next(end);
    }
    now = Math.max(now, end);
  }

  /** Lets time pass. */
  void advance(Duration time) {
    runUntil(now + time.toNanos());
  }

  private @Nullable Event next(long end) {
    Event first = events.peek();
    return first == null || first.due > end ? null : events.poll();
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
    return scheduled(action, delay, 0, unit);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
    return schedule(Executors.callable(action), delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable action, long initialDelay, long period, TimeUnit unit) {
    return scheduled(Executors.callable(action), initialDelay, period, unit);
  }

  private <V> Task<V> scheduled(Callable<V> action, long delay, long period, TimeUnit unit) {
    long due = now + Math.max(0, unit.toNanos(delay));
    Task<V> task = new Task<>(action, due, unit.toNanos(period));
    add(due, task);
    return task;
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable action, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("nothing that is simulated uses it");
  }

  @Override
  public void execute(Runnable action) {
    in(0, action);
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    List<Runnable> left = new ArrayList<>();
    events.forEach(event -> left.add(event.action));
    events.clear();
    return left;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && events.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }
}
