package accounts.local.faults;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Keeps the call from its handler: an error is the answer, or there is none. */
final class Unhandled implements ServerInterceptor {

  private final @Nullable Failure failure;

  private Unhandled(@Nullable Failure failure) {
    this.failure = failure;
  }

  static Unhandled unanswered() {
    return new Unhandled(null);
  }

  static Unhandled answered(Status.Code code, String cause) {
    return new Unhandled(new Failure(code, cause));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (failure == null) {
      call.request(2); // the message and its end, so that they do not fill the connection's window
    } else {
      call.close(failure.status(), failure.trailers());
    }
    return new ServerCall.Listener<>() {};
  }
}
