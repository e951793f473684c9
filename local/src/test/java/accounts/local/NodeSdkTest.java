package accounts.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.local.faults.RuleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs Momento's Node SDK against the local cache: its calls differ from the Java SDK's, and it
 * supports topics. The calls are in {@code src/test/node}; node and npm must be installed, and npm
 * reach its registry.
 */
final class NodeSdkTest {

  private static final Path SOURCE = Path.of("src", "test", "node");
  private static final Path INSTALLED = Path.of("target", "node");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "sdk.test.mjs");

  @BeforeAll
  static void createDirectory() throws IOException {
    Files.createDirectories(INSTALLED);
  }

  @Test
  void nodeSdk_callsThatAccountsReliesOn_areAnsweredAsByTheService() throws Exception {
    install();
    try (LocalCache cache = LocalCache.start()) {
      cache.createCache("accounts");
      cache.createCache("another");
      cache.faults().add(RuleText.parse("throttle rpc=SetBatch per-second=0"));
      run(60, Map.of("CACHE_PORT", String.valueOf(cache.port())), "node", "sdk.test.mjs");
    }
  }

  private static void install() throws IOException {
    for (String file : FILES) {
      Files.copy(
          SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(180, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--prefer-offline");
  }

  @Test
  void run_missingCommand_saysWhatToInstall() {
    assertThatThrownBy(() -> run(1, Map.of(), "no-such-command"))
        .hasMessageStartingWith("no-such-command did not start. Install Node.js 20 or newer");
  }

  @Test
  void packageLock_asCommitted_namesNoRegistry() throws IOException {
    assertThat(SOURCE.resolve("package-lock.json"))
        .content()
        .doesNotContain("\"resolved\"", "registry");
  }

  /** Runs a command and fails with what it printed unless its exit code is 0. */
  private static void run(int seconds, Map<String, String> environment, String... command)
      throws IOException {
    Path output = INSTALLED.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(INSTALLED.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = started(builder);
    boolean ended = endsWithin(seconds, process);
    assertThat(ended ? process.exitValue() : -1)
        .as("%s:%n%s", String.join(" ", command), Files.readString(output))
        .isZero();
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          builder.command().getFirst()
              + " did not start. Install Node.js 20 or newer with npm: https://nodejs.org, or"
              + " the packages nodejs and npm",
          e);
    }
  }

  private static boolean endsWithin(int seconds, Process process) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
