package accounts.async;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The remaining time of one call, and whether its caller is still there. Outbound calls made on
 * behalf of a call are started through its scope, so that each ends at the caller's deadline and is
 * cancelled when the caller disconnects.
 */
public final class CallScope {

  private final LongSupplier nanoTime;
  private final long deadlineNanos;
  private final Set<BoundedCall<?>> running = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;

  private CallScope(LongSupplier nanoTime, Duration timeout) {
    this.nanoTime = nanoTime;
    this.deadlineNanos = nanoTime.getAsLong() + timeout.toNanos();
  }

  /** Starts a scope that ends after {@code timeout}. */
  public static CallScope of(Duration timeout) {
    return new CallScope(System::nanoTime, timeout);
  }

  /**
   * As {@link #of(Duration)}, with the clock that it is measured by, in nanoseconds from any
   * origin.
   */
  public static CallScope of(Duration timeout, LongSupplier nanoTime) {
    return new CallScope(nanoTime, timeout);
  }

  /** Returns the time left until the caller's deadline; zero once it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - nanoTime.getAsLong()));
  }

  /** Returns whether the deadline has passed or the caller is gone. */
  public boolean isOver() {
    return cancelled || remaining().isZero();
  }

  /**
   * Starts an outbound call, bounded by the caller's remaining time and by {@code limit}.
   *
   * @param call starts the call, given the time that it has
   * @return the call's own result, or {@link CancellationException} if the scope is over; {@link
   *     java.util.concurrent.TimeoutException} if the time runs out
   */
  public <T> CompletableFuture<T> run(
      Duration limit, Function<Duration, CompletableFuture<T>> call) {
    // Read once: a second time there could be nothing left, and a client may refuse to do a call in
    // no time as a fault of ours.
    Duration left = remaining();
    if (cancelled || left.isZero()) {
      return CompletableFuture.failedFuture(new CancellationException("the caller is gone"));
    }
    Duration time = left.compareTo(limit) < 0 ? left : limit;
    CompletableFuture<T> bounded =
        BoundedCall.of(Futures.started(() -> call.apply(time)), time, running);
    if (cancelled) {
      bounded.cancel(true);
    }
    return bounded;
  }

  /** Cancels all calls in flight and refuses new ones, because the caller is gone. */
  public void cancel() {
    cancelled = true;
    running.forEach(call -> call.cancel(true));
  }
}
