package accounts.client.cli;

import java.util.UUID;
import picocli.CommandLine.Option;

/** The command-line options of all writes. */
final class WriteFlags {

  @Option(
      names = "--request-id",
      paramLabel = "UUID",
      description =
          "Repeats an earlier request whose outcome is unknown, without doing it twice (default: a new id).")
  private String requestId = "";

  String requestId() {
    return requestId.isEmpty() ? UUID.randomUUID().toString() : requestId;
  }
}
