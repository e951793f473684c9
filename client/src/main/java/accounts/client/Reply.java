package accounts.client;

import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Completes a future with the outcome of a call. gRPC calls it from one thread at a time.
 *
 * <p>The result is mapped here and not by {@code thenApply}, because cancelling a dependent future
 * does not reach the one it depends on.
 */
final class Reply<R, T> implements StreamObserver<R> {

  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final Optional<UUID> requestId;
  private final Function<R, T> result;
  private final Function<AccountsException, Optional<T>> instead;
  private @Nullable T value;
  private boolean received;

  /**
   * Creates a reply that has not arrived yet.
   *
   * @param result converts the response, to nothing where the answer has no value; throws {@link
   *     AccountsException} if it is none to rely on
   * @param instead converts a failure to an answer, if it is one
   */
  Reply(
      Optional<UUID> requestId,
      Function<R, T> result,
      Function<AccountsException, Optional<T>> instead) {
    this.requestId = requestId;
    this.result = result;
    this.instead = instead;
  }

  /**
   * Returns the future; the call is cancelled if the future ends in another way ({@code cancel},
   * {@code orTimeout}).
   */
  CompletableFuture<T> futureOf(ClientCall<?, ?> call) {
    var unused =
        future.whenComplete((done, failure) -> {
          if (failure != null && !(failure instanceof AccountsException)) {
            call.cancel("cancelled by the caller", failure);
          }
        });
    return future;
  }

  @Override
  public void onNext(R message) {
    try {
      value = result.apply(message);
      received = true;
    } catch (AccountsException unusable) {
      future.completeExceptionally(unusable);
    }
  }

  @Override
  public void onCompleted() {
    if (!received) {
      onError(
          Status.INTERNAL
              .withDescription("status OK without a response message")
              .asRuntimeException());
    } else {
      future.complete(value);
    }
  }

  @Override
  public void onError(Throwable error) {
    AccountsException failure = Errors.decode(error, requestId);
    instead
        .apply(failure)
        .ifPresentOrElse(future::complete, () -> future.completeExceptionally(failure));
  }
}
