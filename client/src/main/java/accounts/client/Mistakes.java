package accounts.client;

import accounts.client.AccountsException.FieldViolation;
import accounts.client.AccountsException.InvalidArgument;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Failures that this client notices itself, since the service cannot or would not. */
final class Mistakes {

  private Mistakes() {}

  /** An empty field is one that is not set: beside labels, the service would pass over it. */
  static InvalidArgument emptyDisplayName() {
    String description = "\"\" (expected: 1-100 characters, or no new display name)";
    return new InvalidArgument(
        new Failure(
            Status.Code.INVALID_ARGUMENT,
            ErrorReason.INVALID_FIELD,
            "display_name: " + description,
            Map.of(),
            List.of(new FieldViolation("display_name", description)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        null);
  }

  /**
   * An instance of a version before labels passes over the label of a list.
   *
   * @param name of what it listed although it lacks the label
   */
  static AccountsException notListedByLabel(Label label, String name) {
    return new AccountsException(
        new Failure(
            Status.Code.UNIMPLEMENTED,
            ErrorReason.UNKNOWN,
            "the list by label %s has %s, which lacks it (expected: instances that know labels)"
                .formatted(label, name),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        null);
  }
}
