package accounts.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts asynchronous work in flight, so that a stop can wait for what nobody else waits for. Safe
 * for use by several threads.
 */
public final class InFlight {

  private final AtomicInteger count = new AtomicInteger();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean ending;

  /** Counts work as in flight until it completes; returns its result. */
  public <T> CompletableFuture<T> track(CompletableFuture<T> work) {
    begin();
    return work.whenComplete((result, failure) -> end());
  }

  /** Counts work as in flight, until {@link #end}. */
  public void begin() {
    count.incrementAndGet();
  }

  /** Counts work as in flight no more; once for each {@link #begin}. */
  public void end() {
    if (count.decrementAndGet() == 0 && ending) {
      ended.complete(null);
    }
  }

  /**
   * Returns a future that completes, and never fails, as soon as nothing is in flight after the
   * first call of this method. Work that begins later need not be waited for.
   */
  public CompletableFuture<Void> ended() {
    ending = true;
    if (count.get() == 0) {
      ended.complete(null);
    }
    return ended.copy();
  }
}
