package accounts.grpc;

import accounts.v1.ErrorReason;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Builds a status: code, message, {@code ErrorInfo} and further details. */
final class ErrorStatus {

  static final String DOMAIN = "accounts";

  /** Where gRPC clients of all languages look for the details. */
  private static final Metadata.Key<Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin", ProtoUtils.metadataMarshaller(Status.getDefaultInstance()));

  private static final String REASON_PREFIX = "ERROR_REASON_";

  private final Code code;
  private final ErrorInfo.Builder info;
  private final BadRequest.Builder badRequest = BadRequest.newBuilder();
  private final PreconditionFailure.Builder preconditions = PreconditionFailure.newBuilder();
  private final List<Message> details = new ArrayList<>();

  private ErrorStatus(Code code, ErrorReason reason) {
    this.code = code;
    this.info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(reason.name().substring(REASON_PREFIX.length()));
  }

  static ErrorStatus of(Code code, ErrorReason reason) {
    return new ErrorStatus(code, reason);
  }

  /** Adds an entry to the metadata of {@code ErrorInfo}. */
  ErrorStatus named(String name, Object value) {
    info.putMetadata(name, value.toString());
    return this;
  }

  ErrorStatus violation(String field, String description) {
    badRequest.addFieldViolations(
        BadRequest.FieldViolation.newBuilder().setField(field).setDescription(description));
    return this;
  }

  ErrorStatus resource(String type, Object name) {
    details.add(
        ResourceInfo.newBuilder()
            .setResourceType("accounts.v1." + type)
            .setResourceName(name.toString())
            .build());
    return this;
  }

  ErrorStatus precondition(String type, String subject, String description) {
    preconditions.addViolations(
        PreconditionFailure.Violation.newBuilder()
            .setType(type)
            .setSubject(subject)
            .setDescription(description));
    return this;
  }

  ErrorStatus retryAfter(Duration delay) {
    details.add(RetryInfo.newBuilder().setRetryDelay(Messages.ofNanos(delay.toNanos())).build());
    return this;
  }

  /** An exception without a stack trace, which would cost more than the rest of the answer. */
  private static final class Answer extends StatusRuntimeException {

    Answer(io.grpc.Status status, Metadata trailers) {
      super(status, trailers);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  /** Builds the status with this message. */
  StatusRuntimeException because(String message) {
    Status.Builder status =
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addDetails(Any.pack(info.build()));
    if (badRequest.getFieldViolationsCount() > 0) {
      status.addDetails(Any.pack(badRequest.build()));
    }
    if (preconditions.getViolationsCount() > 0) {
      status.addDetails(Any.pack(preconditions.build()));
    }
    details.forEach(detail -> status.addDetails(Any.pack(detail)));
    Metadata trailers = new Metadata();
    trailers.put(DETAILS, status.build());
    return new Answer(
        io.grpc.Status.fromCodeValue(code.getNumber()).withDescription(message), trailers);
  }
}
