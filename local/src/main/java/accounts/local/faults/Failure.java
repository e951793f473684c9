package accounts.local.faults;

import io.grpc.Metadata;
import io.grpc.Status;

/**
 * An error as Momento's SDKs read it: most by its cause, the Node SDK by words in its text.
 *
 * @param cause what the trailer {@code err} says; empty for no such trailer
 */
record Failure(Status.Code code, String cause) {

  private static final Metadata.Key<String> CAUSE =
      Metadata.Key.of("err", Metadata.ASCII_STRING_MARSHALLER);

  Status status() {
    return Status.fromCode(code).withDescription(text());
  }

  private String text() {
    return switch (cause) {
      case "" -> "injected";
      case "topic_subscriptions_limit_exceeded" -> "injected: too many subscribers";
      case "request_size_limit_exceeded" -> "injected: request limit exceeded";
      default -> "injected: " + cause.replace('_', ' ');
    };
  }

  Metadata trailers() {
    Metadata trailers = new Metadata();
    if (!cause.isEmpty()) {
      trailers.put(CAUSE, cause);
    }
    return trailers;
  }
}
