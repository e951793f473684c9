package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One of this machine's processors, for measurements in which a server must not compete with its
 * callers. By {@code taskset} of util-linux.
 *
 * @param number from 0
 */
public record Processor(int number) {

  /** Returns a command that runs on this processor only. */
  List<String> alone(List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", String.valueOf(number)));
    pinned.addAll(command);
    return pinned;
  }

  /** Moves this process, with all its threads, to this processor. */
  public void moveHere() throws InterruptedException {
    String own = String.valueOf(ProcessHandle.current().pid());
    try {
      Process moving =
          new ProcessBuilder("taskset", "-acp", String.valueOf(number), own)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (moving.waitFor() != 0) {
        throw new IllegalStateException("taskset: exit code " + moving.exitValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
