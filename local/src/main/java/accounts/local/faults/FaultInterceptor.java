package accounts.local.faults;

import accounts.local.momento.Later;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Wraps each call in the faults that it meets, the one of the first rule outermost. */
final class FaultInterceptor implements ServerInterceptor {

  private final Faults faults;
  private final String door;
  private final Later later;

  FaultInterceptor(Faults faults, String door, Later later) {
    this.faults = faults;
    this.door = door;
    this.later = later;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String rpc = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    ServerCallHandler<Q, A> handler = next;
    for (ActiveRule rule : faults.striking(rpc, Caller.of(door, call, headers)).reversed()) {
      handler = wrap(spoiler(rule), handler);
    }
    return handler.startCall(call, headers);
  }

  private static <Q, A> ServerCallHandler<Q, A> wrap(
      ServerInterceptor spoiler, ServerCallHandler<Q, A> next) {
    return (call, headers) -> spoiler.interceptCall(call, headers, next);
  }

  private ServerInterceptor spoiler(ActiveRule active) {
    Rule rule = active.rule();
    return switch (rule.fault()) {
      case DELAY -> new Delayed(later, active.delay());
      case DROP -> Unhandled.unanswered();
      case DROP_ANSWER -> new Unanswered();
      case DUPLICATE -> new Repeated(later, active.delay(), true);
      case LATE -> new Repeated(later, active.delay(), false);
      case ERROR -> Unhandled.answered(rule.code(), rule.cause());
      case ERROR_AFTER -> new Denied(rule.code(), rule.cause());
      case THROTTLE ->
          Unhandled.answered(Status.Code.RESOURCE_EXHAUSTED, "operations_rate_limit_exceeded");
      case LAG -> new Lagging(active.delay());
      case GARBAGE -> new Garbled(active.random());
    };
  }
}
