package accounts.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The signal that ends the server, however far its start has come. Whatever the thread that starts
 * the server waits for, it waits for here, so that the signal is never missed: an interruption
 * would be, in libraries that take it for a failure of their own. Safe for use by several threads.
 */
final class StopSignal {

  private final CompletableFuture<Void> given = new CompletableFuture<>();

  /** The signal was given: what was to be done is not to be done any more. */
  static final class StoppedException extends Exception {

    private static final long serialVersionUID = 1;

    private StoppedException() {
      super("a signal ends the server");
    }
  }

  /** Gives the signal; again has no effect. */
  void give() {
    given.complete(null);
  }

  /**
   * Waits for a result, as {@link CompletableFuture#join} does.
   *
   * @throws StoppedException if the signal was given, or is given first
   * @throws java.util.concurrent.CompletionException with the cause if the future fails
   */
  <T> T result(CompletableFuture<T> future) throws StoppedException {
    CompletableFuture.anyOf(future.handle((result, failure) -> true), given).join();
    check();
    return future.join();
  }

  /**
   * Waits for a time.
   *
   * @throws StoppedException if the signal was given, or is given meanwhile
   */
  void pause(Duration time) throws StoppedException {
    given.copy().completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS).join();
    check();
  }

  /** Waits until the signal is given. */
  void await() {
    given.join();
  }

  private void check() throws StoppedException {
    if (given.isDone()) {
      throw new StoppedException();
    }
  }
}
