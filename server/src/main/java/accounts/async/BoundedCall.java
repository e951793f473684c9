package accounts.async;

import io.netty.util.Timeout;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of an outbound call, or {@link TimeoutException} once its time is over: when an answer
 * that has arrived has been looked at, or when its caller has no time either. A timeout, or {@code
 * cancel}, also cancels the call.
 */
final class BoundedCall<T> extends CompletableFuture<T> {

  private final CompletableFuture<T> outbound;
  private final Duration rest;
  private final Executor lastLook;
  private final OutboundCalls running;
  private volatile @Nullable Timeout timeout;

  private BoundedCall(
      CompletableFuture<T> outbound, Duration rest, Executor lastLook, OutboundCalls running) {
    this.outbound = outbound;
    this.rest = rest;
    this.lastLook = lastLook;
    this.running = running;
  }

  /**
   * Bounds a call that has started.
   *
   * @param outbound the started call
   * @param rest what is left of the caller's time after {@code time}
   * @param lastLook runs a task after it has read the answers that have arrived
   */
  static <T> CompletableFuture<T> of(
      CompletableFuture<T> outbound,
      Duration time,
      Duration rest,
      Executor lastLook,
      OutboundCalls running) {
    BoundedCall<T> call = new BoundedCall<>(outbound, rest, lastLook, running);
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

  /** The time is over: of the call, or of its caller. */
  private void timeOver() {
    if (rest.isZero()) {
      giveUp();
    } else {
      timeout = Timeouts.after(rest.toNanos(), this::giveUp);
      lastLook.execute(this::giveUp);
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
