package accounts.local.faults;

import accounts.local.momento.Later;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;

/** Handles the call later, also if its caller has given up by then. */
record Delayed(Later later, Duration delay) implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<Q>(next.startCall(call, headers)) {
      // Handlers begin when the request is complete.
      @Override
      public void onHalfClose() {
        later.after(delay, super::onHalfClose);
      }
    };
  }
}
