package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the script {@code bin/accounts} in a process of its own. */
final class LauncherTest {

  private static final Path LAUNCHER = Path.of("bin", "accounts").toAbsolutePath();

  @TempDir private Path folder = Path.of("");

  @Test
  void launcher_throughALinkFromElsewhere_startsTheCommand() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a"), LAUNCHER);

    assertThat(run(link, "--version"))
        .isEqualTo(new Run(0, "accounts " + Version.get() + "\n", ""));
  }

  @Test
  void launcher_notBuilt_saysWhatToDo() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("root/client/bin"));
    Path copy = Files.copy(LAUNCHER, bin.resolve("accounts"));

    Run run = run(copy, "--version");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "accounts: not built yet; run: make -C '"
                + folder.toRealPath().resolve("root")
                + "' build\n");
  }

  private Run run(Path command, String argument) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int exitCode =
        new ProcessBuilder("bash", command.toString(), argument)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Run(exitCode, text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
