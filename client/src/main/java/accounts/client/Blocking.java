package accounts.client;

import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for a call in the caller's thread, until the deadline of the call at most. */
final class Blocking {

  private Blocking() {}

  static <T> T await(CompletableFuture<T> call) {
    try {
      return call.get();
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw thrown(e);
    }
  }

  private static AccountsException interrupted(InterruptedException e) {
    Status status = Status.CANCELLED.withDescription("the calling thread was interrupted");
    return Errors.decode(status.withCause(e).asRuntimeException(), Optional.empty());
  }

  /**
   * Returns the failure itself, with the stack trace of the caller. That is safe: nobody else holds
   * the exception.
   */
  private static RuntimeException thrown(ExecutionException e) {
    if (e.getCause() instanceof AccountsException failure) {
      failure.fillInStackTrace();
      return failure;
    }
    return new IllegalStateException(e.getCause());
  }
}
