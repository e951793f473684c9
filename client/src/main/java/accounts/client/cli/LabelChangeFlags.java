package accounts.client.cli;

import accounts.client.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The command-line options of writes that change labels; other labels stay. */
final class LabelChangeFlags {

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      converter = LabelOption.class,
      description = "A label to set; may be given several times.")
  private List<Label> labels = new ArrayList<>();

  @Option(
      names = "--remove-label",
      paramLabel = "KEY",
      description = "A label to remove; may be given several times.")
  private List<String> removed = new ArrayList<>();

  Map<String, String> labels() {
    return LabelOption.map(labels);
  }

  List<String> removed() {
    return removed;
  }
}
