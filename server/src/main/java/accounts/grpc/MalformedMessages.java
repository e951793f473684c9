package accounts.grpc;

import accounts.domain.FieldFault;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.List;

/**
 * Answers calls without exactly one valid message with INVALID_ARGUMENT: unreadable bytes, no
 * message, or several. grpc-java would answer UNKNOWN or INTERNAL, because it parses messages where
 * no interceptor can catch it; so the marshaller here returns what it cannot parse instead of
 * throwing.
 */
final class MalformedMessages {

  private MalformedMessages() {}

  static ServerServiceDefinition refusedBy(ServerServiceDefinition service) {
    List<? extends ServerMethodDefinition<?, ?>> methods =
        service.getMethods().stream().map(MalformedMessages::tolerant).toList();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder tolerant = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(tolerant::addMethod);
    return tolerant.build();
  }

  private static <Q, S> ServerMethodDefinition<Received<Q>, S> tolerant(
      ServerMethodDefinition<Q, S> method) {
    MethodDescriptor<Q, S> strict = method.getMethodDescriptor();
    MethodDescriptor<Received<Q>, S> tolerant =
        strict.toBuilder(
                new Tolerant<>(strict.getRequestMarshaller()), strict.getResponseMarshaller())
            .build();
    return ServerMethodDefinition.create(
        tolerant,
        (call, headers) ->
            new OneMessage<>(
                call, method.getServerCallHandler().startCall(ofMessages(call), headers)));
  }

  /**
   * The cast is safe: only the call's method knows the request's type, and handlers do not use
   * that.
   */
  @SuppressWarnings("unchecked")
  private static <Q, S> ServerCall<Q, S> ofMessages(ServerCall<Received<Q>, S> call) {
    return (ServerCall<Q, S>) (ServerCall<?, S>) call;
  }

  /** A received message: parsed, or unreadable. */
  private sealed interface Received<Q> {

    record Message<Q>(Q message) implements Received<Q> {}

    record Unreadable<Q>(StatusRuntimeException failure) implements Received<Q> {}
  }

  private record Tolerant<Q>(Marshaller<Q> strict) implements Marshaller<Received<Q>> {

    @Override
    public Received<Q> parse(InputStream bytes) {
      try {
        return new Received.Message<>(strict.parse(bytes));
      } catch (StatusRuntimeException e) {
        return new Received.Unreadable<>(e);
      }
    }

    @Override
    public InputStream stream(Received<Q> message) {
      throw new UnsupportedOperationException("a server receives requests and sends none");
    }
  }

  private static final class OneMessage<Q> extends ServerCall.Listener<Received<Q>> {

    private final ServerCall<?, ?> call;
    private final ServerCall.Listener<Q> next;
    private int messages;
    private boolean refused;

    OneMessage(ServerCall<?, ?> call, ServerCall.Listener<Q> next) {
      this.call = call;
      this.next = next;
    }

    @Override
    public void onMessage(Received<Q> received) {
      messages++;
      if (messages > 1) {
        refuse("more than one");
        return;
      }
      switch (received) {
        case Received.Message<Q>(Q message) -> next.onMessage(message);
        case Received.Unreadable<Q>(StatusRuntimeException failure) -> refuse(failure);
      }
    }

    @Override
    public void onHalfClose() {
      if (messages == 0) {
        refuse("none");
      }
      if (!refused) {
        next.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      next.onCancel();
    }

    @Override
    public void onComplete() {
      next.onComplete();
    }

    @Override
    public void onReady() {
      next.onReady();
    }

    /** A message that exceeds the limit once decompressed is too long, not malformed. */
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
