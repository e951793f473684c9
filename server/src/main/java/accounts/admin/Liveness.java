package accounts.admin;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the process is alive: whether each thread that must never block still runs what is given
 * to it. Each question gives every thread an empty task; one that has not run its task for {@value
 * #STUCK_SECONDS} s is stuck, and stays so until it does. An overload makes threads late by less
 * than a second; a thread that is late by so much will not come back by itself (ADR 14).
 *
 * <p>Nothing is done unless somebody asks. Safe for use by several threads.
 */
public final class Liveness {

  private static final Logger log = LoggerFactory.getLogger(Liveness.class);

  private static final int STUCK_SECONDS = 30;

  private final List<Pulse> pulses;
  private final LongSupplier nanoTime;

  /**
   * @param threads those that must never block, as executors of one thread each
   */
  public Liveness(List<? extends Executor> threads, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.pulses = threads.stream().map(Pulse::new).toList();
  }

  /** Returns whether no thread is stuck; the stack of one that is, is logged once. Never waits. */
  public boolean isLive() {
    // Not allMatch: each thread is to get its task.
    return pulses.stream().filter(Pulse::isStuck).count() == 0;
  }

  private final class Pulse {

    private final Executor executor;
    private @Nullable Thread thread; // guarded by this
    private boolean pending; // guarded by this
    private boolean told; // guarded by this
    private long given; // guarded by this

    Pulse(Executor executor) {
      this.executor = executor;
    }

    synchronized boolean isStuck() {
      if (!pending) {
        give();
        return false;
      }
      Duration late = Duration.ofNanos(nanoTime.getAsLong() - given);
      boolean stuck = late.compareTo(Duration.ofSeconds(STUCK_SECONDS)) > 0;
      if (stuck && !told) {
        told = true;
        tell(late);
      }
      return stuck;
    }

    private void give() {
      pending = true;
      given = nanoTime.getAsLong();
      try {
        executor.execute(this::ran);
      } catch (RejectedExecutionException stopped) {
        // The server stops, and will end by itself.
        pending = false;
      }
    }

    private synchronized void ran() {
      thread = Thread.currentThread();
      pending = false;
      told = false;
    }

    private void tell(Duration late) {
      Thread stuck = thread;
      Throwable stack = new Throwable("where it is");
      stack.setStackTrace(stuck == null ? new StackTraceElement[0] : stuck.getStackTrace());
      log.error(
          "{} has run nothing for {} s: the process is no longer alive",
          stuck == null ? "a thread" : "thread " + stuck.getName(),
          late.toSeconds(),
          stack);
    }
  }
}
