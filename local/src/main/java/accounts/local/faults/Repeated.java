package accounts.local.faults;

import accounts.local.momento.DelayedTasks;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The faults {@code late} and {@code duplicate}: handles the call later without an answer, and for
 * {@code duplicate} also now. Subscriptions are not affected: a subscription that nobody can cancel
 * would never end.
 */
record Repeated(DelayedTasks timer, Duration delay, boolean alsoNow) implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (isSubscription(call)) {
      return next.startCall(call, headers);
    }
    Metadata copy = new Metadata();
    copy.merge(headers);
    return new SimpleForwardingServerCallListener<Q>(now(call, headers, next)) {
      private @Nullable Q request;

      @Override
      public void onMessage(Q message) {
        request = message;
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        super.onHalfClose();
        Q message = request;
        if (message != null) {
          timer.after(delay, () -> handle(message, new MuteCall<>(call), copy, next));
        }
      }
    };
  }

  private <Q, A> ServerCall.Listener<Q> now(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (alsoNow) {
      return next.startCall(call, headers);
    }
    call.request(2); // the message and its end
    return new ServerCall.Listener<>() {};
  }

  private static <Q, A> void handle(
      Q message, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    listener.onMessage(message);
    listener.onHalfClose();
    listener.onComplete();
  }

  private static boolean isSubscription(ServerCall<?, ?> call) {
    return call.getMethodDescriptor().getType() == MethodType.SERVER_STREAMING
        && "Subscribe".equals(call.getMethodDescriptor().getBareMethodName());
  }
}
