package accounts.client.cli;

import accounts.v1.Consistency;
import picocli.CommandLine.Option;

/** The options of reads. */
final class ReadFlags {

  @Option(
      names = "--consistency",
      paramLabel = "WHAT",
      converter = Words.Consistencies.class,
      completionCandidates = Words.Consistencies.class,
      description = "What the answer must see: ${COMPLETION-CANDIDATES} (default fresh).")
  private Consistency consistency = Consistency.CONSISTENCY_UNSPECIFIED;

  @Option(
      names = "--min-revision",
      paramLabel = "N",
      description = "Never an answer of an older revision than this.")
  private long minRevision;

  Consistency consistency() {
    return consistency;
  }

  long minRevision() {
    return minRevision;
  }
}
