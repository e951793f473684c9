package accounts.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Waits in the thread that starts the server, until a signal interrupts it. */
final class Await {

  private Await() {}

  /**
   * Waits for a result, as {@link CompletableFuture#join} does.
   *
   * @throws CompletionException with the cause if the future fails
   */
  static <T> T result(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }
}
