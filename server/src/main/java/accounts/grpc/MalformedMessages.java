package accounts.grpc;

import accounts.domain.FieldFault;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;

/**
 * Answers what is not one message of the contract with INVALID_ARGUMENT: unreadable bytes, no
 * message, or several. grpc-java would answer UNKNOWN or INTERNAL: it reads messages outside of any
 * interceptor's reach, so here they pass the interceptor as bytes and are read behind it.
 */
final class MalformedMessages implements ServerInterceptor {

  private MalformedMessages() {}

  static ServerServiceDefinition refusedBy(ServerServiceDefinition service) {
    return ServerInterceptors.intercept(
        ServerInterceptors.useInputStreamMessages(service), new MalformedMessages());
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    return new OneMessage<>(call, next.startCall(call, headers));
  }

  private static final class OneMessage<Q> extends SimpleForwardingServerCallListener<Q> {

    private final ServerCall<Q, ?> call;
    private int messages;
    private boolean refused;

    OneMessage(ServerCall<Q, ?> call, ServerCall.Listener<Q> next) {
      super(next);
      this.call = call;
    }

    @Override
    public void onMessage(Q bytes) {
      messages++;
      if (messages > 1) {
        refuse("more than one");
        return;
      }
      try {
        super.onMessage(bytes);
      } catch (StatusRuntimeException e) {
        refuse(e);
      }
    }

    @Override
    public void onHalfClose() {
      if (messages == 0) {
        refuse("none");
      }
      if (!refused) {
        super.onHalfClose();
      }
    }

    /** A message that grows beyond the limit while it is unpacked is too long, not malformed. */
    private void refuse(StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
        close(failure);
      } else {
        refuse("unreadable bytes");
      }
    }

    private void refuse(String found) {
      String expected = "one message of " + call.getMethodDescriptor().getFullMethodName();
      close(
          InvalidFieldStatus.of(
              List.of(new FieldFault("(message)", found + " (expected: " + expected + ")"))));
    }

    private void close(StatusRuntimeException status) {
      if (!refused) {
        refused = true;
        Metadata trailers = Status.trailersFromThrowable(status);
        call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
      }
    }
  }
}
