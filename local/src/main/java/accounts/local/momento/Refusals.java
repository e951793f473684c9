package accounts.local.momento;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Creates the errors of the service, which SDKs distinguish by status code and by the cause in the
 * trailer {@code err}.
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
   * Returns the error for an exceeded limit of the account.
   *
   * @param cause names the limit, in the SDKs' spelling
   * @param message contains the word that the Node SDK searches for, since it does not read the
   *     trailer: "subscribers", "operations", "throughput", "request limit", "item size" and
   *     "element size".
   */
  static StatusRuntimeException limitExceeded(String cause, String message) {
    return refusal(Status.RESOURCE_EXHAUSTED, cause, message);
  }

  /** Returns the error that ends a stream at its deadline. */
  static StatusRuntimeException deadlineExceeded() {
    return Status.DEADLINE_EXCEEDED
        .withDescription("The call's deadline is reached")
        .asRuntimeException(new Metadata());
  }

  private static StatusRuntimeException refusal(Status status, String cause, String message) {
    Metadata trailers = new Metadata();
    trailers.put(CAUSE, cause);
    return status.withDescription(message).asRuntimeException(trailers);
  }
}
