package accounts.async;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How long one call may take: for how long its caller still waits, and whether it is still there.
 * Work done for a call starts its outbound calls through the scope, so that each of them ends when
 * its caller's time does, and is cancelled when the caller goes away.
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

  /** Returns how long the caller still waits; zero when its time is over. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - nanoTime.getAsLong()));
  }

  /** Whether nobody waits for this call any more. */
  public boolean isOver() {
    return cancelled || remaining().isZero();
  }

  /**
   * Starts an outbound call that lasts no longer than the caller waits, nor longer than {@code
   * limit}.
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

  /** Says that the caller is gone: cancels what runs, and lets nothing new start. */
  public void cancel() {
    cancelled = true;
    running.forEach(call -> call.cancel(true));
  }
}
