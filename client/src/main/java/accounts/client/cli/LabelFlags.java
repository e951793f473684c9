package accounts.client.cli;

import accounts.client.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The command-line option of writes that create something with labels. */
final class LabelFlags {

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      converter = LabelOption.class,
      description = "A label; may be given up to 32 times.")
  private List<Label> labels = new ArrayList<>();

  Map<String, String> labels() {
    return LabelOption.map(labels);
  }
}
