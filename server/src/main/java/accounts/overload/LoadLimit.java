package accounts.overload;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The limit of {@link CallAdmission}, learned from how late the threads that handle calls run what
 * is given to them. Where they are late, calls wait for the processor, and fewer at once are
 * answered sooner. How long calls take says nothing about that: most of their time is DynamoDB's or
 * the cache's, and a slow table must not shed the reads of cached answers.
 */
public final class LoadLimit {

  /** Where the processor has room, a task starts after a fraction of a millisecond. */
  private static final Duration LATE = Duration.ofMillis(10);

  private static final Duration PROBE_EVERY = Duration.ofMillis(20);

  /** The work of some 50 ms on two processors: to refuse more would cost what it saves. */
  private static final int LEAST = 1024;

  private static final int FIRST = 2048;

  /** So few calls are no overload, however late the threads are. */
  private static final int FEW = 16;

  private static final int MOST = 4096;

  private final Limit limit =
      AIMDLimit.newBuilder()
          .initialLimit(FIRST)
          .minLimit(LEAST)
          .maxLimit(MOST)
          .timeout(LATE.toNanos(), TimeUnit.NANOSECONDS)
          .build();

  private final List<Probe> probes;
  private final LongSupplier nanoTime;

  /**
   * @param threads those that handle calls, as executors of one thread each
   */
  public LoadLimit(List<? extends Executor> threads, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.probes = threads.stream().map(Probe::new).toList();
  }

  /** Returns the most units at present. */
  public int current() {
    return limit.getLimit();
  }

  /**
   * Begins to learn, until the timer ends.
   *
   * @param units those in progress; as long as they are few, nothing is measured
   */
  public void learn(IntSupplier units, ScheduledExecutorService timer) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> probe(units.getAsInt()),
            PROBE_EVERY.toNanos(),
            PROBE_EVERY.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  void probe(int units) {
    if (units >= FEW) {
      probes.forEach(probe -> probe.send(units));
    }
  }

  /** Measures one thread; a thread that is stuck gets no second task. */
  private final class Probe {

    private final Executor thread;
    private final AtomicBoolean pending = new AtomicBoolean();

    Probe(Executor thread) {
      this.thread = thread;
    }

    void send(int units) {
      if (pending.compareAndSet(false, true)) {
        long given = nanoTime.getAsLong();
        try {
          thread.execute(() -> arrived(given, units));
        } catch (RejectedExecutionException stopped) {
          // The server stops; there is nothing left to limit.
        }
      }
    }

    private void arrived(long given, int units) {
      pending.set(false);
      limit.onSample(given, nanoTime.getAsLong() - given, units, false);
    }
  }
}
