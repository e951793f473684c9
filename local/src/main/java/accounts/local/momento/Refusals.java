package accounts.local.momento;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * The errors of the service, as its SDKs tell them apart: by status code, and by the cause that the
 * trailer {@code err} names.
 */
final class Refusals {

  static final Metadata.Key<String> CAUSE =
      Metadata.Key.of("err", Metadata.ASCII_STRING_MARSHALLER);

  private Refusals() {}

  static StatusRuntimeException cacheNotFound(String name) {
    return refusal(Status.NOT_FOUND, "cache_not_found", "Cache not found: " + name);
  }

  static StatusRuntimeException cacheExists(String name) {
    return refusal(Status.ALREADY_EXISTS, "cache_already_exists", "Cache already exists: " + name);
  }

  static StatusRuntimeException invalidArgument(String message) {
    return refusal(Status.INVALID_ARGUMENT, "invalid_argument", message);
  }

  static StatusRuntimeException failedPrecondition(String message) {
    return refusal(Status.FAILED_PRECONDITION, "failed_precondition", message);
  }

  /**
   * A limit of the account was exceeded.
   *
   * @param cause says which, as the SDKs spell it
   * @param message says it once more, by the word that the Node SDK looks for: it does not see the
   *     trailer. These are "subscribers", "operations", "throughput", "request limit", "item size"
   *     and "element size".
   */
  static StatusRuntimeException limitExceeded(String cause, String message) {
    return refusal(Status.RESOURCE_EXHAUSTED, cause, message);
  }

  /** A stream has lasted as long as its caller wanted. */
  static StatusRuntimeException deadlineExceeded() {
    return Status.DEADLINE_EXCEEDED
        .withDescription("The call's deadline has come")
        .asRuntimeException(new Metadata());
  }

  private static StatusRuntimeException refusal(Status status, String cause, String message) {
    Metadata trailers = new Metadata();
    trailers.put(CAUSE, cause);
    return status.withDescription(message).asRuntimeException(trailers);
  }
}
