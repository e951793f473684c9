package accounts.local.faults;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The fault {@code garbage}: alters the bytes in answers. The message stays well formed, only its
 * content is altered. An answer of a kind without bytes, such as that of SetIf, is empty: it says
 * neither yes nor no.
 */
record Garbled(Random random) implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          @SuppressWarnings("unchecked") // an altered message keeps its type
          public void sendMessage(A message) {
            super.sendMessage(message instanceof Message proto ? (A) answer(proto) : message);
          }
        },
        headers);
  }

  private Message answer(Message message) {
    return carriesBytes(message.getDescriptorForType(), new HashSet<>())
        ? garbled(message)
        : message.getDefaultInstanceForType();
  }

  private static boolean carriesBytes(Descriptor type, Set<Descriptor> seen) {
    return seen.add(type) && type.getFields().stream().anyMatch(field -> carriesBytes(field, seen));
  }

  private static boolean carriesBytes(FieldDescriptor field, Set<Descriptor> seen) {
    return switch (field.getJavaType()) {
      case BYTE_STRING -> true;
      case MESSAGE -> carriesBytes(field.getMessageType(), seen);
      default -> false;
    };
  }

  private Message garbled(Message message) {
    Message.Builder builder = message.toBuilder();
    message
        .getAllFields()
        .forEach((field, value) -> builder.setField(field, garbled(field, value)));
    return builder.build();
  }

  private Object garbled(FieldDescriptor field, Object value) {
    if (value instanceof List<?> values) {
      return values.stream().map(element -> garbled(field, element)).toList();
    }
    if (value instanceof Message message) {
      return garbled(message);
    }
    return value instanceof ByteString bytes ? garbled(bytes) : value;
  }

  /** Truncates the bytes, flips one, or replaces all by random ones. */
  private ByteString garbled(ByteString bytes) {
    return switch (bytes.isEmpty() ? 2 : random.nextInt(3)) {
      case 0 -> bytes.substring(0, random.nextInt(bytes.size()));
      case 1 -> flipped(bytes.toByteArray());
      default -> madeUp(bytes.size() + 1);
    };
  }

  private ByteString flipped(byte[] bytes) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    return ByteString.copyFrom(bytes);
  }

  private ByteString madeUp(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
