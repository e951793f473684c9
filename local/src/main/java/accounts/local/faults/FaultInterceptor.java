package accounts.local.faults;

import accounts.local.momento.DelayedTasks;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Wraps each call in the faults that hit it, that of the first rule outermost. */
final class FaultInterceptor implements ServerInterceptor {

  private final Faults faults;
  private final String door;
  private final DelayedTasks timer;

  FaultInterceptor(Faults faults, String door, DelayedTasks timer) {
    this.faults = faults;
    this.door = door;
    this.timer = timer;
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
      case DELAY -> new Delayed(timer, active.delay());
      case DROP -> NotHandled.unanswered();
      case DROP_ANSWER -> new AnswerDropped();
      case DUPLICATE -> new Repeated(timer, active.delay(), true);
      case LATE -> new Repeated(timer, active.delay(), false);
      case ERROR -> NotHandled.answered(rule.code(), rule.cause());
      case ERROR_AFTER -> new ErrorAfterHandling(rule.code(), rule.cause());
      case THROTTLE ->
          NotHandled.answered(Status.Code.RESOURCE_EXHAUSTED, "operations_rate_limit_exceeded");
      case LAG -> new Lagging(active.delay());
      case GARBAGE -> new Garbled(active.random());
    };
  }
}
