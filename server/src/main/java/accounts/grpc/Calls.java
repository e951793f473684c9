package accounts.grpc;

import accounts.async.CallScope;
import accounts.identity.Caller;
import accounts.identity.Scope;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs unary calls as futures: gives each a scope with the caller's deadline, and answers it with
 * its response or its status.
 */
public final class Calls {

  private final Failures failures;
  private final Duration longestCall;

  /**
   * @param longestCall the deadline of calls that have none, or a later one
   */
  public Calls(Failures failures, Duration longestCall) {
    this.failures = failures;
    this.longestCall = longestCall;
  }

  /** Parses a request. */
  interface Parser<R> {

    /**
     * Returns the parsed request.
     *
     * @throws accounts.domain.AccountException if the request is malformed
     */
    R parse();
  }

  /** Handles a parsed request. */
  interface Handler<R, T> {

    /** Returns the response. */
    CompletableFuture<T> handle(R request, Caller caller, CallScope scope);
  }

  /**
   * Answers a call.
   *
   * @param required without which the caller is refused before its request is looked at
   */
  <R, T> void answer(
      Scope required, Parser<R> parser, Handler<R, T> handler, StreamObserver<T> observer) {
    CallScope scope = CallScope.of(timeout());
    ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) observer;
    call.setOnCancelHandler(scope::cancel);
    var unused =
        CallerInterceptor.current()
            .thenCompose(caller -> {
              caller.require(required);
              return handler.handle(parser.parse(), caller, scope);
            })
            .whenComplete((response, failure) -> close(call, response, failure));
  }

  private <T> void close(
      ServerCallStreamObserver<T> call, @Nullable T response, @Nullable Throwable failure) {
    if (call.isCancelled()) {
      return;
    }
    if (failure != null) {
      StatusRuntimeException status = failures.status(failure);
      call.onError(status);
    } else if (response != null) {
      call.onNext(response);
      call.onCompleted();
    }
  }

  private Duration timeout() {
    Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return longestCall;
    }
    Duration remaining =
        Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    return remaining.compareTo(longestCall) < 0 ? remaining : longestCall;
  }
}
