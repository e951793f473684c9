package accounts.cache.momento;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The answer to a unary call as a future. */
final class FirstAnswer<T> implements StreamObserver<T> {

  private final CompletableFuture<T> future = new CompletableFuture<>();

  CompletableFuture<T> future() {
    return future;
  }

  @Override
  public void onNext(T answer) {
    future.complete(answer);
  }

  @Override
  public void onError(Throwable failure) {
    future.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    // Does nothing after an answer; without one, the call is no answer.
    future.completeExceptionally(new IllegalStateException("completed without an answer"));
  }
}
