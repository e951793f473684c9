package accounts.local.faults;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** The fault {@code drop-answer}: handles the call and drops the answer. */
final class AnswerDropped implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    call.request(2); // the message and its end, which the mute call does not request
    return next.startCall(new MuteCall<>(call), headers);
  }
}
