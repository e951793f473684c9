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
 * The limits of {@link CallAdmission}, learned from how late the threads that handle calls run what
 * is given to them. Where they are late, calls wait for the processor, and fewer at once are
 * answered sooner. How long calls take says nothing about that: most of their time is DynamoDB's or
 * the cache's, and a slow table must not shed the reads of cached answers.
 *
 * <p>Single reads and changes may wait longer than batches and lists: to refuse one costs a third
 * of answering it, and a caller that comes back at once gains nothing.
 */
public final class LoadLimit {

  private static final Duration PROBE_EVERY = Duration.ofMillis(20);

  /** So few calls are no overload, however late the threads are. */
  private static final int FEW = 16;

  /** Half of the default: a thread reports often while it is late, and seldom while it is not. */
  private static final double BACK_OFF = 0.95;

  private static final double PART_OF_READS = 0.9;

  /**
   * For each thread, which has a processor: 24 batches of 100 keys, 4 ms of work. With fewer,
   * bursts are refused while processors lie idle.
   */
  private static final int BATCHES = 264;

  /** The work of 200 ms on one processor at the least, some 60 MiB of heap at the most. */
  private final Limit others = limit(4096, 6144, 10_240, Duration.ofMillis(300));

  private final Limit batches;

  private final List<Probe> probes;
  private final LongSupplier nanoTime;

  /**
   * @param threads those that handle calls, as executors of one thread each
   */
  public LoadLimit(List<? extends Executor> threads, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.probes = threads.stream().map(Probe::new).toList();
    int most = BATCHES * threads.size();
    this.batches = limit(most / 2, most, most, Duration.ofMillis(10));
  }

  private static Limit limit(int least, int first, int most, Duration late) {
    return AIMDLimit.newBuilder()
        .minLimit(least)
        .initialLimit(first)
        .maxLimit(most)
        .timeout(late.toNanos(), TimeUnit.NANOSECONDS)
        .backoffRatio(BACK_OFF)
        .build();
  }

  /** Returns the most units in progress: of batches, or of all calls beside another one. */
  public int of(Priority priority) {
    return switch (priority) {
      case BATCH -> batches.getLimit();
      case READ -> (int) (PART_OF_READS * others.getLimit());
      case CHANGE -> others.getLimit();
    };
  }

  /**
   * Begins to learn, until the timer ends.
   *
   * @param units those in progress; as long as they are few, nothing is measured, and the limits
   *     grow
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
      probes.forEach(Probe::send);
    } else {
      learn(nanoTime.getAsLong(), 0);
    }
  }

  private void learn(long given, long late) {
    learn(batches, given, late);
    learn(others, given, late);
  }

  /**
   * As if the limit were used up, since it grows only then: after an overload it would stay low,
   * and bursts of a load that is none would be refused.
   */
  private static void learn(Limit limit, long given, long late) {
    limit.onSample(given, late, limit.getLimit(), false);
  }

  /** Measures one thread; a thread that is stuck gets no second task. */
  private final class Probe {

    private final Executor thread;
    private final AtomicBoolean pending = new AtomicBoolean();

    Probe(Executor thread) {
      this.thread = thread;
    }

    void send() {
      if (pending.compareAndSet(false, true)) {
        long given = nanoTime.getAsLong();
        try {
          thread.execute(() -> arrived(given));
        } catch (RejectedExecutionException stopped) {
          // The server stops; there is nothing left to limit.
        }
      }
    }

    private void arrived(long given) {
      pending.set(false);
      learn(given, nanoTime.getAsLong() - given);
    }
  }
}
