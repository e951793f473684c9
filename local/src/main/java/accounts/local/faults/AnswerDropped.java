package accounts.local.faults;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Handles the call, and keeps the answer to itself. */
final class Unanswered implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    call.request(2); // the message and its end; the mute call passes no requests on
    return next.startCall(new MuteCall<>(call), headers);
  }
}
