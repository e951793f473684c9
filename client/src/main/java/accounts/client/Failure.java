package accounts.client;

import accounts.client.AccountsException.FieldViolation;
import accounts.client.AccountsException.Resource;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Everything that is known of a failed call. */
record Failure(
    Status.Code code,
    ErrorReason reason,
    String description,
    Map<String, String> metadata,
    List<FieldViolation> violations,
    Optional<Duration> retryDelay,
    Optional<Resource> resource,
    Optional<UUID> requestId) {

  String message() {
    String name = reason == ErrorReason.UNKNOWN ? code.name() : reason.name();
    return description.isEmpty() ? name : name + ": " + description;
  }

  /**
   * The metadata's {@code revision}; 0 where it is missing or no number, for an error must not end
   * in another one.
   */
  long revision() {
    try {
      return Long.parseLong(metadata.getOrDefault("revision", "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
