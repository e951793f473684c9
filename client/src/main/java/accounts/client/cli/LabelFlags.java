package accounts.client.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The command-line option of writes that create something with labels. */
final class LabelFlags {

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label; may be given up to 32 times.")
  private Map<String, String> labels = new TreeMap<>();

  Map<String, String> labels() {
    return labels;
  }
}
