package accounts.local.faults;

import accounts.local.momento.DelayedTasks;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;

/** The fault {@code delay}: handles the call later, even if its caller has cancelled it by then. */
record Delayed(DelayedTasks timer, Duration delay) implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<Q>(next.startCall(call, headers)) {
      // Handlers start when the request is complete.
      @Override
      public void onHalfClose() {
        timer.after(delay, super::onHalfClose);
      }
    };
  }
}
