package accounts.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The command-line options of writes that change labels; other labels stay. */
final class LabelChangeFlags {

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label to set; may be given several times.")
  private Map<String, String> labels = new TreeMap<>();

  @Option(
      names = "--remove-label",
      paramLabel = "KEY",
      description = "A label to remove; may be given several times.")
  private List<String> removed = new ArrayList<>();

  Map<String, String> labels() {
    return labels;
  }

  List<String> removed() {
    return removed;
  }
}
