package accounts.local.faults;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** The fault {@code error-after}: handles the call, and answers with an error. */
final class ErrorAfterHandling implements ServerInterceptor {

  private final Failure failure;

  ErrorAfterHandling(Status.Code code, String cause) {
    this.failure = new Failure(code, cause);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void sendMessage(A message) {}

          @Override
          public void close(Status status, Metadata trailers) {
            super.close(failure.status(), failure.trailers());
          }
        },
        headers);
  }
}
