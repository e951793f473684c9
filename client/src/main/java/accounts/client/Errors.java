package accounts.client;

import accounts.client.AccountsException.FieldViolation;
import accounts.client.AccountsException.Resource;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Converts gRPC failures into {@link AccountsException}s, by their details and then by their code.
 */
final class Errors {

  private static final String DOMAIN = "accounts";

  private Errors() {}

  static AccountsException decode(Throwable error, Optional<UUID> requestId) {
    return exception(failure(error, requestId), error);
  }

  private static AccountsException exception(Failure failure, Throwable cause) {
    if (failure.reason() == ErrorReason.REVISION_MISMATCH) {
      return new AccountsException.RevisionMismatch(failure, cause);
    }
    return switch (failure.code()) {
      case NOT_FOUND -> new AccountsException.NotFound(failure, cause);
      case ALREADY_EXISTS -> new AccountsException.AlreadyExists(failure, cause);
      case INVALID_ARGUMENT -> new AccountsException.InvalidArgument(failure, cause);
      case PERMISSION_DENIED -> new AccountsException.PermissionDenied(failure, cause);
      default -> new AccountsException(failure, cause);
    };
  }

  private static Failure failure(Throwable error, Optional<UUID> requestId) {
    Status status = Status.fromThrowable(error);
    List<Any> details = details(error);
    Optional<ErrorInfo> info = info(details);
    return new Failure(
        status.getCode(),
        info.map(i -> ErrorReason.named(i.getReason())).orElse(ErrorReason.UNKNOWN),
        Optional.ofNullable(status.getDescription()).orElse(""),
        info.map(i -> Map.copyOf(i.getMetadataMap())).orElse(Map.of()),
        detail(details, BadRequest.class).map(Errors::violations).orElse(List.of()),
        detail(details, RetryInfo.class).map(Errors::delay),
        detail(details, ResourceInfo.class).map(Errors::resource),
        requestId);
  }

  private static List<Any> details(Throwable error) {
    com.google.rpc.Status status = StatusProto.fromThrowable(error);
    return status == null ? List.of() : status.getDetailsList();
  }

  /** Ignores reasons of other domains, such as a proxy's, even if they have the same name. */
  private static Optional<ErrorInfo> info(List<Any> details) {
    return detail(details, ErrorInfo.class).filter(info -> info.getDomain().equals(DOMAIN));
  }

  private static <T extends Message> Optional<T> detail(List<Any> details, Class<T> type) {
    return details.stream().filter(any -> any.is(type)).findFirst().flatMap(any -> open(any, type));
  }

  private static <T extends Message> Optional<T> open(Any any, Class<T> type) {
    try {
      return Optional.of(any.unpack(type));
    } catch (InvalidProtocolBufferException e) {
      // A detail that cannot be parsed is ignored: the code still says how the call ended.
      return Optional.empty();
    }
  }

  private static List<FieldViolation> violations(BadRequest request) {
    return request.getFieldViolationsList().stream()
        .map(v -> new FieldViolation(v.getField(), v.getDescription()))
        .toList();
  }

  private static Duration delay(RetryInfo info) {
    return Protos.duration(info.getRetryDelay());
  }

  private static Resource resource(ResourceInfo info) {
    return new Resource(info.getResourceType(), info.getResourceName());
  }
}
