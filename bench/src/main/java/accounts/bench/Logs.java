package accounts.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option for the folder of the instances' output. */
final class Logs {

  @Option(
      names = "--logs",
      defaultValue = "bench/target/servers",
      description = "folder for the output of the instances started here (${DEFAULT-VALUE})")
  Path folder = Path.of("");
}
