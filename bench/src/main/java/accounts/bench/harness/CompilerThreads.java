package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The processor time of a JVM's compilers, as Linux reports it of each thread. It is not part of
 * what a call costs: a server that has run for a while compiles no more. Elsewhere than on Linux it
 * is not known.
 */
final class CompilerThreads {

  private final Path tasks;

  /** In nanoseconds by thread, those that have ended since the last reading included. */
  private final Map<String, Long> taken = new HashMap<>();

  /**
   * @param tasks the threads of the JVM's process, such as {@code /proc/1234/task}
   */
  CompilerThreads(Path tasks) {
    this.tasks = tasks;
  }

  /** Returns what they have taken so far; zero if it is not known. */
  Duration taken() {
    if (Files.isDirectory(tasks)) {
      read();
    }
    return Duration.ofNanos(taken.values().stream().mapToLong(Long::longValue).sum());
  }

  private void read() {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        read(thread);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Path thread) throws IOException {
    try {
      if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*")) {
        String[] times = Files.readString(thread.resolve("schedstat")).split(" ", 2);
        taken.put(thread.getFileName().toString(), Long.valueOf(times[0]));
      }
    } catch (IOException e) {
      if (Files.exists(thread)) {
        throw e;
      }
      // It has ended, before or while it was read.
    }
  }
}
