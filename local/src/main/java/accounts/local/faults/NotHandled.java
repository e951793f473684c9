package accounts.local.faults;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The faults {@code drop}, {@code error} and {@code throttle}: the call is not handled, and
 * answered with an error or not at all.
 */
final class NotHandled implements ServerInterceptor {

  private final @Nullable Failure failure;

  private NotHandled(@Nullable Failure failure) {
    this.failure = failure;
  }

  static NotHandled unanswered() {
    return new NotHandled(null);
  }

  static NotHandled answered(Status.Code code, String cause) {
    return new NotHandled(new Failure(code, cause));
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
