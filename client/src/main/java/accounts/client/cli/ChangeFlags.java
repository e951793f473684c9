package accounts.client.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of writes that change what exists. */
final class ChangeFlags {

  @Mixin private WriteFlags write = new WriteFlags();

  @Option(
      names = "--expected-revision",
      paramLabel = "N",
      description = "Change only what still has this revision.")
  private long expectedRevision;

  String requestId() {
    return write.requestId();
  }

  long expectedRevision() {
    return expectedRevision;
  }
}
