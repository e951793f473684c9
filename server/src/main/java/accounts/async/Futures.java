package accounts.async;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Helpers that {@link CompletableFuture} lacks. */
public final class Futures {

  private Futures() {}

  /** Returns the cause of a failed future, without the {@code CompletionException}s around it. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Describes a failure for the log: the message of its innermost cause, without class names. */
  public static String describe(Throwable failure) {
    Throwable root = rootCause(failure);
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
  }

  /** Returns the innermost cause of a failure, whose message is the most useful one. */
  public static Throwable rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Returns a future that has failed, with the {@link #cause} of a failure. */
  public static <T> CompletableFuture<T> failed(Throwable failure) {
    return CompletableFuture.failedFuture(cause(failure));
  }

  /**
   * Starts asynchronous work.
   *
   * @param work may throw instead of returning a future that fails, as clients do against their
   *     promises
   * @return the work's own future, or one that has failed with what it threw
   */
  public static <T> CompletableFuture<T> started(Supplier<CompletableFuture<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException
        | Error e) { // one that got away would leave a caller waiting for ever
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Returns a future with the same result whose failure is replaced by the mapper's.
   *
   * @param mapper is given the {@link #cause} of the failure
   */
  public static <T> CompletableFuture<T> mapFailure(
      CompletableFuture<T> future, UnaryOperator<Throwable> mapper) {
    return future.exceptionallyCompose(failure -> failed(mapper.apply(cause(failure))));
  }

  /**
   * Returns a future that completes after a delay, on the timer's thread; at once if the delay is
   * zero or negative. Fails with {@link RejectedExecutionException} if the timer is shut down.
   */
  public static CompletableFuture<Void> after(Duration time, ScheduledExecutorService timer) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Runnable end = () -> over.complete(null);
    if (time.isPositive()) {
      try {
        var unused = timer.schedule(end, time.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        over.completeExceptionally(e);
      }
    } else {
      end.run();
    }
    return over;
  }

  /**
   * Hands on how a future ends. A result that is there is handed on at once, by this thread, and
   * without one more future.
   */
  public static <T> void whenDone(
      CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    if (future.state() == Future.State.SUCCESS) {
      then.accept(future.resultNow(), null);
    } else {
      var unused = future.whenComplete(then);
    }
  }

  /** Returns a future that completes when all have completed, and fails if one of them failed. */
  public static CompletableFuture<Void> allOf(Collection<? extends CompletableFuture<?>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
  }

  /** Returns a future of all results by key; it fails if one of them failed. */
  public static <K, V> CompletableFuture<Map<K, V>> allOf(Map<K, CompletableFuture<V>> futures) {
    Map<K, CompletableFuture<V>> awaited = new HashMap<>(futures);
    return allOf(awaited.values())
        .thenApply(done -> {
          Map<K, V> answers = new HashMap<>();
          awaited.forEach((key, future) -> answers.put(key, future.resultNow()));
          return answers;
        });
  }
}
