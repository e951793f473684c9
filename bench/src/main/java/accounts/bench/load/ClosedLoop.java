package accounts.bench.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A closed loop: a number of calls is always outstanding, since each caller sends its next one when
 * the last has ended, refused or not. Safe for any thread.
 */
public final class ClosedLoop implements AutoCloseable {

  private final TimedCall call;
  private final AtomicLong next = new AtomicLong();
  private final CountDownLatch running;
  private volatile boolean stopping;

  private ClosedLoop(int callers, TimedCall call) {
    this.call = call;
    this.running = new CountDownLatch(callers);
  }

  /** Starts a loop. */
  public static ClosedLoop start(int callers, TimedCall call) {
    ClosedLoop loop = new ClosedLoop(callers, call);
    for (int i = 0; i < callers; i++) {
      loop.send();
    }
    return loop;
  }

  /** Runs a loop until so many calls have ended; each of them must end in time by itself. */
  static void run(int callers, int calls, TimedCall call) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(calls);
    ClosedLoop loop =
        start(
            callers,
            (number, due, ended) ->
                call.send(
                    number,
                    due,
                    () -> {
                      left.countDown();
                      ended.run();
                    }));
    try (loop) {
      left.await();
    }
  }

  private void send() {
    call.send(next.getAndIncrement(), System.nanoTime(), this::ended);
  }

  private void ended() {
    if (stopping) {
      running.countDown();
    } else {
      send();
    }
  }

  /** Stops sending; returns when all calls have ended. */
  @Override
  public void close() {
    stopping = true;
    try {
      running.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
