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

/** Creates failures as the service sends them. */
public final class Failures {

  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private Failures() {}

  /** Returns a failure with an {@code ErrorInfo} of the service and further details. */
  public static StatusRuntimeException of(
      io.grpc.Status.Code code,
      String reason,
      String message,
      Map<String, String> metadata,
      Message... details) {
    return foreign("accounts", code, reason, message, metadata, details);
  }

  /** Returns a failure like {@link #of}, of another domain. */
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

  /** Returns a failure without details, as from a proxy or a broken connection. */
  public static StatusRuntimeException bare(io.grpc.Status.Code code) {
    return code.toStatus().withDescription("bare").asRuntimeException();
  }

  /** Returns a failure without details, with which the service asks for an immediate retry. */
  public static StatusRuntimeException pushback(io.grpc.Status.Code code) {
    Metadata trailers = new Metadata();
    trailers.put(PUSHBACK, "1");
    return code.toStatus().asRuntimeException(trailers);
  }
}
