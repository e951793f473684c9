package accounts.local.faults;

import io.grpc.Metadata;
import io.grpc.Status;

/**
 * An error in the form that Momento's SDKs evaluate: most use the cause, the Node SDK words in the
 * text.
 *
 * @param cause the value of the trailer {@code err}; empty for no trailer
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
