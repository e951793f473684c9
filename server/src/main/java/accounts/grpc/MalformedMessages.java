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
 * Answers bytes that are no message with INVALID_ARGUMENT. grpc-java would answer UNKNOWN: it reads
 * messages outside of any interceptor's reach, so here they pass the interceptor as bytes and are
 * read behind it.
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
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {

      private boolean malformed;

      @Override
      public void onMessage(Q bytes) {
        try {
          super.onMessage(bytes);
        } catch (StatusRuntimeException e) {
          malformed = true;
          StatusRuntimeException status =
              InvalidFieldStatus.of(
                  List.of(
                      new FieldFault(
                          "(message)",
                          "unreadable bytes (expected: a message of "
                              + call.getMethodDescriptor().getFullMethodName()
                              + ")")));
          Metadata trailers = Status.trailersFromThrowable(status);
          call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
        }
      }

      @Override
      public void onHalfClose() {
        if (!malformed) {
          super.onHalfClose();
        }
      }
    };
  }
}
