package accounts.server;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a call failed, as a client sees it. */
record Refused(Status.Code code, String message, List<Any> details) {

  /** Makes a call that must fail. */
  static Refused by(ThrowingCallable call) {
    return of(catchThrowableOfType(StatusRuntimeException.class, call));
  }

  static Refused of(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return new Refused(
        failure.getStatus().getCode(),
        String.valueOf(failure.getStatus().getDescription()),
        status == null ? List.of() : status.getDetailsList());
  }

  /** Returns the only detail of a kind. */
  <T extends Message> T detail(Class<T> kind) {
    return details.stream()
        .filter(any -> any.is(kind))
        .map(any -> unpacked(any, kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " in " + this));
  }

  private static <T extends Message> T unpacked(Any any, Class<T> kind) {
    try {
      return any.unpack(kind);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  boolean hasInfo() {
    return details.stream().anyMatch(any -> any.is(ErrorInfo.class));
  }

  ErrorInfo info() {
    return detail(ErrorInfo.class);
  }

  String reason() {
    return info().getReason();
  }

  Map<String, String> metadata() {
    return info().getMetadataMap();
  }

  /** Returns the names of the fields at fault, in order. */
  List<String> fields() {
    return detail(BadRequest.class).getFieldViolationsList().stream()
        .map(BadRequest.FieldViolation::getField)
        .toList();
  }
}
