package accounts.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code accounts import}. */
@Command(
    name = "import",
    description = {
      "Creates users, organizations and memberships from a file with a JSON object on each line:",
      "  {\"user\": {\"username\": \"olivia\", \"first_name\": \"Olivia\", \"last_name\": \"Park\"}}",
      "  {\"organization\": {\"organization_name\": \"Olivia's Org\", \"founding_user\": \"olivia\"}}",
      "  {\"membership\": {\"organization_name\": \"olivias-org\", \"member_username\": \"marc\",",
      "    \"role\": \"ROLE_MEMBER\", \"adding_user\": \"olivia\"}}",
      "",
      "Refused lines are written to FILE.refused.jsonl, each with its number, fields and reason; the others are made."
          + " Killed or ended by an error, the same command goes on where it was (FILE.checkpoint)."
    })
final class ImportCommand implements Callable<Integer> {

  /** The exit code if lines were refused. */
  static final int REFUSED = 3;

  private final Main main;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The file, in UTF-8.")
  private Path file = Path.of("");

  @Option(
      names = "--dry-run",
      description =
          "Make no call: print the lines that the contract's rules refuse. What depends on others, such as a name that is taken, is not known.")
  private boolean dryRun;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Calls a second at most (default 200).")
  private int rate;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Calls at once at most, 1 to 100 (default 16). Lines about one entity are never made at once.")
  private int inFlight;

  @Option(
      names = "--progress",
      negatable = true,
      defaultValue = "${sys:accounts.terminal:-false}",
      fallbackValue = "true",
      description = "Draw a progress bar on stderr (default: if that is a terminal).")
  private boolean progress;

  ImportCommand(Main main) {
    this.main = main;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    within("--rate", rate, 1, 1_000_000);
    within("--in-flight", inFlight, 1, 100);
    mustBeAFile();
    return dryRun ? checkLines() : importLines();
  }

  private void mustBeAFile() throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new IOException(
          file
              + (found.isDirectory() ? ": a folder" : ": no regular file")
              + " (expected: a file)");
    }
  }

  private void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + value + " (expected: " + least + "-" + most + ")");
    }
  }

  private int checkLines() throws IOException {
    ImportParser parser = new ImportParser(new UUID(0, 0));
    Progress bar = bar();
    long refused = 0;
    try (LineReader lines = new LineReader(file)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank() && parser.parse(line) instanceof Refusal refusal) {
          spec.commandLine().getOut().println(refusal.json());
          refused++;
        }
        bar.at(line.mark(), refused);
      }
      bar.end(lines.mark(), refused);
    }
    return refused == 0 ? 0 : REFUSED;
  }

  private int importLines() throws IOException, InterruptedException {
    Path checkpointFile = beside(".checkpoint");
    Path reportFile = beside(".refused.jsonl");
    try (ImportReport report = ImportReport.open(reportFile);
        LineReader lines = new LineReader(file);
        Session session = main.session()) {
      Checkpoint checkpoint = begin(lines, Checkpoint.load(checkpointFile));
      report.cut(checkpoint.reportBytes());
      Pace pace = new Pace(rate, System.nanoTime());
      Checkpoint end =
          new Importer(lines, session, report, checkpoint, checkpointFile, pace, inFlight, bar())
              .run();
      Files.delete(checkpointFile);
      return summary(end, reportFile);
    } catch (CompletionException e) {
      spec.commandLine()
          .getErr()
          .println("accounts: ended before the end of the file; repeat the command to go on");
      throw e;
    }
  }

  /** Returns where to begin, with the reader there. */
  private Checkpoint begin(LineReader lines, Optional<Checkpoint> saved) throws IOException {
    if (saved.isEmpty()) {
      return Checkpoint.start(main.address(), lines.mark());
    }
    if (!saved.get().address().equals(main.address())) {
      throw new IOException(
          "%s: the import of it was begun at %s (expected: the same --address, or no file %s)"
              .formatted(file, saved.get().address(), beside(".checkpoint")));
    }
    FileMark mark = saved.get().mark();
    while (lines.mark().line() < mark.line() && lines.next() != null) {}
    if (!lines.mark().equals(mark)) {
      throw new IOException(
          file
              + ": changed since it was imported up to line "
              + mark.line()
              + " (expected: the same file, or none named "
              + beside(".checkpoint")
              + ")");
    }
    return saved.get();
  }

  private Progress bar() throws IOException {
    return new Progress(spec.commandLine().getErr(), progress, Files.size(file));
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private int summary(Checkpoint end, Path reportFile) {
    String refused = end.refused() == 0 ? "" : ", see " + reportFile;
    spec.commandLine()
        .getOut()
        .println(end.made() + " made, " + end.refused() + " refused" + refused);
    return end.refused() == 0 ? 0 : REFUSED;
  }
}
