package accounts.async;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The remaining time of one call, whether its caller is still there, and the place in its trace.
 * Outbound calls made on behalf of a call are started through its scope, so that each ends at the
 * caller's deadline and is cancelled when the caller disconnects.
 */
public final class CallScope {

  private final LongSupplier nanoTime;
  private final long deadlineNanos;
  private final OutboundCalls calls;
  private final Trace trace;

  private CallScope(LongSupplier nanoTime, long deadlineNanos, OutboundCalls calls, Trace trace) {
    this.nanoTime = nanoTime;
    this.deadlineNanos = deadlineNanos;
    this.calls = calls;
    this.trace = trace;
  }

  private static CallScope of(Duration timeout, LongSupplier nanoTime, Trace trace) {
    return new CallScope(
        nanoTime, nanoTime.getAsLong() + timeout.toNanos(), new OutboundCalls(), trace);
  }

  /** Starts a scope that ends after {@code timeout}, and is not traced. */
  public static CallScope of(Duration timeout) {
    return of(timeout, Trace.NONE);
  }

  /**
   * As {@link #of(Duration)}, at a place in a trace. Work that continues without its caller has a
   * scope of its own in the caller's trace.
   */
  public static CallScope of(Duration timeout, Trace trace) {
    return of(timeout, System::nanoTime, trace);
  }

  /**
   * As {@link #of(Duration)}, with the clock that it is measured by, in nanoseconds from any
   * origin.
   */
  public static CallScope of(Duration timeout, LongSupplier nanoTime) {
    return of(timeout, nanoTime, Trace.NONE);
  }

  /** Returns the time left until the caller's deadline; zero once it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - nanoTime.getAsLong()));
  }

  /** Returns whether the deadline has passed or the caller is gone. */
  public boolean isOver() {
    return calls.isCancelled() || remaining().isZero();
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
    return run(limit, Runnable::run, call);
  }

  /**
   * As {@link #run(Duration, Function)}, for a call whose answer may wait for a thread of this
   * process, which must not count as the call's time: an answer that has arrived when the time is
   * over is read first. That may take as long again at the most.
   *
   * @param afterReading runs a task when it has read the answers that have arrived
   */
  public <T> CompletableFuture<T> run(
      Duration limit, Executor afterReading, Function<Duration, CompletableFuture<T>> call) {
    // Read once: a second time there could be nothing left, and a client may refuse to do a call in
    // no time as a fault of ours.
    Duration left = remaining();
    if (calls.isCancelled() || left.isZero()) {
      return CompletableFuture.failedFuture(new CancellationException("the caller is gone"));
    }
    Duration time = left.compareTo(limit) < 0 ? left : limit;
    Duration rest = left.minus(time);
    return BoundedCall.of(
        Futures.started(() -> call.apply(time)),
        time,
        rest.compareTo(time) < 0 ? rest : time,
        afterReading,
        calls);
  }

  /** Cancels all calls in flight and refuses new ones, because the caller is gone. */
  public void cancel() {
    calls.cancel();
  }

  /** Returns the place in the call's trace. */
  public Trace trace() {
    return trace;
  }

  /**
   * Does work as a step of the call's trace, which ends with it.
   *
   * @param work given this scope at the place of the step
   * @return the work's result
   */
  public <T> CompletableFuture<T> step(
      String name, Function<CallScope, CompletableFuture<T>> work) {
    return trace.isOn() ? within(trace.step(name), work) : work.apply(this);
  }

  /** As {@link #step}, for a call of another system. */
  public <T> CompletableFuture<T> call(
      String name, Function<CallScope, CompletableFuture<T>> work) {
    return trace.isOn() ? within(trace.call(name), work) : work.apply(this);
  }

  private <T> CompletableFuture<T> within(
      Trace step, Function<CallScope, CompletableFuture<T>> work) {
    CallScope inner = new CallScope(nanoTime, deadlineNanos, calls, step);
    return Futures.started(() -> work.apply(inner))
        .whenComplete((result, failure) -> step.end(failure));
  }
}
