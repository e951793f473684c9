package accounts.async;

import io.netty.util.Timeout;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of an outbound call, or {@link TimeoutException} once its time is over and the answers
 * that have arrived are read. That may take as long again at the most, and no longer than the
 * caller has. A timeout, or {@code cancel}, also cancels the call.
 */
final class BoundedCall<T> extends CompletableFuture<T> {

  private final CompletableFuture<T> outbound;
  private final Duration rest;
  private final Executor afterReading;
  private final OutboundCalls running;
  private volatile @Nullable Timeout timeout;

  private BoundedCall(
      CompletableFuture<T> outbound, Duration rest, Executor afterReading, OutboundCalls running) {
    this.outbound = outbound;
    this.rest = rest;
    this.afterReading = afterReading;
    this.running = running;
  }

  /**
   * Bounds a call that has started.
   *
   * @param outbound the started call
   * @param rest what is left of the caller's time after {@code time}
   * @param afterReading runs a task after it has read the answers that have arrived
   */
  static <T> CompletableFuture<T> of(
      CompletableFuture<T> outbound,
      Duration time,
      Duration rest,
      Executor afterReading,
      OutboundCalls running) {
    BoundedCall<T> call = new BoundedCall<>(outbound, rest, afterReading, running);
    running.add(call);
    call.timeout = Timeouts.after(time.toNanos(), call::timeOver);
    var unused = outbound.whenComplete(call::end);
    return call;
  }

  private void end(@Nullable T result, @Nullable Throwable failure) {
    running.remove(this);
    Timeout set = timeout;
    if (set != null) {
      set.cancel();
    }
    if (failure == null) {
      complete(result);
    } else {
      completeExceptionally(failure);
    }
  }

  /** Also without those who read, whose threads may be stuck. */
  private void timeOver() {
    if (rest.isZero()) {
      giveUp();
    } else {
      timeout = Timeouts.after(rest.toNanos(), this::giveUp);
      afterReading.execute(this::giveUp);
    }
  }

  private void giveUp() {
    end(null, new TimeoutException("no answer in time"));
    outbound.cancel(true);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    running.remove(this);
    outbound.cancel(true);
    return cancelled;
  }
}
