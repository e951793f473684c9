package accounts.local.faults;

import io.grpc.Metadata;
import io.grpc.Status;

/**
 * An error as Momento's SDKs read it.
 *
 * @param cause what the trailer {@code err} says; empty for no such trailer
 */
record Failure(Status.Code code, String cause) {

  private static final Metadata.Key<String> CAUSE =
      Metadata.Key.of("err", Metadata.ASCII_STRING_MARSHALLER);

  Status status() {
    return Status.fromCode(code).withDescription("injected");
  }

  Metadata trailers() {
    Metadata trailers = new Metadata();
    if (!cause.isEmpty()) {
      trailers.put(CAUSE, cause);
    }
    return trailers;
  }
}
