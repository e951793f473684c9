package accounts.bench.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An open loop: sends calls at a fixed rate, whether or not earlier calls have ended. If too many
 * are in flight, a call is dropped instead of delayed.
 */
public final class OpenLoop implements AutoCloseable {

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final int mostInFlight;
  private final Semaphore free;
  private final TimedCall call;
  private final LongConsumer dropped;
  private final Thread thread;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private volatile boolean stopping;

  private OpenLoop(
      String name, double perSecond, int mostInFlight, TimedCall call, LongConsumer dropped) {
    this.perSecond = perSecond;
    this.mostInFlight = mostInFlight;
    this.free = new Semaphore(mostInFlight);
    this.call = call;
    this.dropped = dropped;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /**
   * Starts a loop.
   *
   * @param dropped is called with the due time of each dropped call
   */
  public static OpenLoop start(
      String name, double perSecond, int mostInFlight, TimedCall call, LongConsumer dropped) {
    OpenLoop loop = new OpenLoop(name, perSecond, mostInFlight, call, dropped);
    loop.thread.start();
    return loop;
  }

  private void run() {
    try {
      sendAll();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void sendAll() {
    long began = System.nanoTime();
    for (long number = 0; !stopping; number++) {
      long due = began + (long) (number / perSecond * NANOS);
      awaitUntil(due);
      if (stopping) {
        return;
      }
      if (free.tryAcquire()) {
        call.send(number, due, free::release);
      } else {
        dropped.accept(due);
      }
    }
  }

  private void awaitUntil(long due) {
    for (long left = due - System.nanoTime();
        left > 0 && !stopping;
        left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /**
   * Stops sending; returns when all calls in flight have ended.
   *
   * @throws IllegalStateException if sending a call had failed, so that the load had ended early
   */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    awaitThread();
    free.acquireUninterruptibly(mostInFlight);
    RuntimeException cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException(
          "the load ended early because a call could not be sent", cause);
    }
  }

  private void awaitThread() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
