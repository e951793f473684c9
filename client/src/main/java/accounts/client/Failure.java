package accounts.client;

import accounts.client.AccountsException.FieldViolation;
import accounts.client.AccountsException.Resource;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The decoded details of a failed call. */
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
   * Returns the metadata's {@code revision}; 0 if it is missing or no number, since decoding an
   * error must not fail.
   */
  long revision() {
    try {
      return Long.parseLong(metadata.getOrDefault("revision", "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
