package accounts.repair.dynamodb;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task repeatedly, one round at a time, with a pause in between that can be cut short. The
 * next round follows whether a round fails or not.
 */
final class Rounds {

  private final ScheduledExecutorService timer;
  private final Duration pause;
  private final Supplier<CompletableFuture<Void>> round;

  // Guarded by this.
  private @Nullable Future<?> next;
  private CompletableFuture<Void> current = CompletableFuture.completedFuture(null);
  private long scheduled;
  private boolean soon;
  private boolean stopped;

  Rounds(ScheduledExecutorService timer, Duration pause, Supplier<CompletableFuture<Void>> round) {
    this.timer = timer;
    this.pause = pause;
    this.round = round;
  }

  synchronized void start() {
    schedule(Duration.ZERO);
  }

  /** Starts the next round without the pause, once none is running. */
  synchronized void soon() {
    Future<?> waiting = next;
    if (waiting == null) {
      soon = true; // a round is running
    } else {
      waiting.cancel(false);
      schedule(Duration.ZERO);
    }
  }

  /**
   * Starts no further round.
   *
   * @return completes when the current one has ended
   */
  synchronized CompletableFuture<Void> stop() {
    stopped = true;
    if (next != null) {
      next.cancel(false);
    }
    return current.copy();
  }

  private synchronized void schedule(Duration after) {
    if (!stopped) {
      long number = ++scheduled;
      next = timer.schedule(() -> run(number), after.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void run(long number) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    if (begins(number, end)) {
      var unused =
          CompletableFuture.completedFuture(null)
              .thenCompose(begin -> round.get())
              .whenComplete((done, failure) -> {
                end.complete(null);
                end();
              });
    }
  }

  /** A task that was cancelled when it had begun already comes here, too: it is not the latest. */
  private synchronized boolean begins(long number, CompletableFuture<Void> end) {
    if (number != scheduled || stopped) {
      return false;
    }
    next = null;
    soon = false;
    current = end;
    return true;
  }

  private synchronized void end() {
    schedule(soon ? Duration.ZERO : pause);
  }
}
