package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A control group of Linux, version 1 or 2, that bounds what its processes use. To make one takes
 * root. Delete it by {@link #close} when its processes have ended.
 */
public sealed interface Cgroup extends AutoCloseable permits MemoryCgroup, ProcessorCgroup {

  /** Returns where its files are. */
  Path folder();

  /** Returns a command that runs inside. */
  default List<String> inside(List<String> command) {
    String procs = folder().resolve("cgroup.procs").toString();
    List<String> line =
        new ArrayList<>(List.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", procs));
    line.addAll(command);
    return line;
  }

  @Override
  default void close() {
    try {
      Files.delete(folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
