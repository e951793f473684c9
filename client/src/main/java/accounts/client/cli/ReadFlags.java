package accounts.client.cli;

import accounts.v1.Consistency;
import picocli.CommandLine.Option;

/** The command-line options of reads. */
final class ReadFlags {

  @Option(
      names = "--consistency",
      paramLabel = "CONSISTENCY",
      converter = EnumNames.Consistencies.class,
      completionCandidates = EnumNames.Consistencies.class,
      description = "One of ${COMPLETION-CANDIDATES} (default fresh).")
  private Consistency consistency = Consistency.CONSISTENCY_UNSPECIFIED;

  @Option(
      names = "--min-revision",
      paramLabel = "N",
      description = "Accept no answer of an older revision than this.")
  private long minRevision;

  Consistency consistency() {
    return consistency;
  }

  long minRevision() {
    return minRevision;
  }
}
