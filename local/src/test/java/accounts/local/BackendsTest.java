package accounts.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the command in a process of its own, as make runs it. */
final class BackendsTest {

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void run_withoutCommand_announcesItselfAndStopsCleanly() throws Exception {
    Process process = backends("--dynamodb-port", "0", "--cache-port", "0");
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);

    assertThat(output.readLine()).startsWith("ready: DynamoDB Local on http://127.0.0.1:");
    assertThat(output.lines().limit(8))
        .anyMatch(line -> line.startsWith("export AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:"))
        .anyMatch(line -> line.startsWith("export MOMENTO_LOCAL_ENDPOINT=127.0.0.1:"));
    process.toHandle().destroy(); // Process.destroy would close the streams too
    assertThat(exitCode(process)).isZero();
    assertThat(errors(process)).isEmpty();
  }

  // In a pod, nobody presses keys, and nobody exports variables of 0.0.0.0.
  @Test
  void run_openToOtherMachines_givesNoHints() throws Exception {
    Process process = backends("--host", "0.0.0.0", "--dynamodb-port", "0", "--cache-port", "0");
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);

    assertThat(output.readLine()).startsWith("ready: ").doesNotContain("Ctrl-C");
    process.toHandle().destroy(); // Process.destroy would close the streams too
    assertThat(output.lines()).isEmpty();
  }

  @Test
  void run_withCommand_givesItTheEnvironmentAndItsExitCode() throws Exception {
    Process process = shell("echo $AWS_REGION $MOMENTO_LOCAL_ENDPOINT; exit 7");

    assertThat(output(process)).startsWith("us-east-1 127.0.0.1:");
    assertThat(exitCode(process)).isEqualTo(7);
  }

  @Test
  void run_terminated_terminatesItsCommand() throws Exception {
    Process process =
        shell("trap 'echo child ends; exit 3' TERM; echo up; while :; do read x; done");
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).isEqualTo("up");

    process.toHandle().destroy(); // Process.destroy would close the streams too

    assertThat(output.readLine()).isEqualTo("child ends");
    assertThat(exitCode(process)).isZero();
  }

  @Test
  void run_takenPort_isOneLine() throws Exception {
    try (LocalCache cache = LocalCache.start()) {
      String port = String.valueOf(cache.port());
      Process process = backends("--dynamodb-port", "0", "--cache-port", port);

      assertThat(exitCode(process)).isEqualTo(69);
      assertThat(errors(process))
          .isEqualTo(
              "error: port "
                  + port
                  + " is taken; choose another with --cache-port, or make run CACHE_PORT=...");
    }
  }

  @Test
  void run_badArguments_isOneLine() throws Exception {
    Process process = backends("--fault", "explode");

    assertThat(exitCode(process)).isEqualTo(64);
    assertThat(errors(process))
        .startsWith("error: explode (expected one of: delay")
        .hasLineCount(1);
  }

  private Process shell(String script) throws IOException {
    return backends("--dynamodb-port", "0", "--cache-port", "0", "--", "sh", "-c", script);
  }

  private Process backends(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Backends.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).start();
    processes.add(process);
    return process;
  }

  private static int exitCode(Process process) throws InterruptedException {
    return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** Returns the error output, without the JDK's warnings about Unsafe. */
  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("WARNING: "))
        .reduce("", (lines, line) -> lines.isEmpty() ? line : lines + "\n" + line);
  }
}
