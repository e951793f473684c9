package accounts.client.fake;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Arrays;
import java.util.Map;

/** Failures as the service sends them. */
public final class Failures {

  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private Failures() {}

  /** A failure with an {@code ErrorInfo} of ours, and whatever else. */
  public static StatusRuntimeException of(
      io.grpc.Status.Code code,
      String reason,
      String message,
      Map<String, String> metadata,
      Message... details) {
    return foreign("accounts", code, reason, message, metadata, details);
  }

  /** As {@link #of}, of another domain. */
  public static StatusRuntimeException foreign(
      String domain,
      io.grpc.Status.Code code,
      String reason,
      String message,
      Map<String, String> metadata,
      Message... details) {
    ErrorInfo info =
        ErrorInfo.newBuilder().setDomain(domain).setReason(reason).putAllMetadata(metadata).build();
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(code.value())
            .setMessage(message)
            .addDetails(Any.pack(info))
            .addAllDetails(Arrays.stream(details).map(Any::pack).toList())
            .build());
  }

  /** A bare code, as a proxy or a dying connection gives it. */
  public static StatusRuntimeException bare(io.grpc.Status.Code code) {
    return code.toStatus().withDescription("bare").asRuntimeException();
  }

  /** A bare code with which the service asks for another try at once. */
  public static StatusRuntimeException pushback(io.grpc.Status.Code code) {
    Metadata trailers = new Metadata();
    trailers.put(PUSHBACK, "1");
    return code.toStatus().asRuntimeException(trailers);
  }
}
