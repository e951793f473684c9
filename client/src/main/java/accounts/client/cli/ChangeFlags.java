package accounts.client.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command-line options of writes that change an existing entity. */
final class ChangeFlags {

  @Mixin private WriteFlags write = new WriteFlags();

  @Option(
      names = "--expected-revision",
      paramLabel = "N",
      description = "Change it only at this revision.")
  private long expectedRevision;

  String requestId() {
    return write.requestId();
  }

  long expectedRevision() {
    return expectedRevision;
  }
}
