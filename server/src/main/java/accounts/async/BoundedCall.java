package accounts.async;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of an outbound call, or {@link TimeoutException} once its time is over. A timeout, or
 * {@code cancel}, also cancels the call.
 */
final class BoundedCall<T> extends CompletableFuture<T> implements TimerTask {

  /**
   * Every call sets a timeout and almost none fires. A hashed wheel makes setting one cheap,
   * whereas {@code orTimeout} wakes a thread each time. Timeouts fire up to one tick late.
   */
  private static final Timer TIMER =
      new HashedWheelTimer(
          Thread.ofPlatform().daemon().name("timeouts").factory(),
          10,
          TimeUnit.MILLISECONDS,
          512,
          false,
          -1,
          ForkJoinPool.commonPool());

  private final CompletableFuture<T> outbound;
  private final Set<BoundedCall<?>> running;

  private BoundedCall(CompletableFuture<T> outbound, Set<BoundedCall<?>> running) {
    this.outbound = outbound;
    this.running = running;
  }

  /**
   * Bounds a call that has started.
   *
   * @param running the started call
   */
  static <T> CompletableFuture<T> of(
      CompletableFuture<T> outbound, Duration time, Set<BoundedCall<?>> running) {
    BoundedCall<T> call = new BoundedCall<>(outbound, running);
    running.add(call);
    Timeout timeout = TIMER.newTimeout(call, time.toNanos(), TimeUnit.NANOSECONDS);
    var unused =
        outbound.whenComplete((result, failure) -> {
          timeout.cancel();
          call.end(result, failure);
        });
    return call;
  }

  private void end(@Nullable T result, @Nullable Throwable failure) {
    running.remove(this);
    if (failure == null) {
      complete(result);
    } else {
      completeExceptionally(failure);
    }
  }

  @Override
  public void run(Timeout timeout) {
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
