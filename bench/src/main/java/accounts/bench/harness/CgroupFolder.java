package accounts.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The folder of a control group. */
final class CgroupFolder {

  private CgroupFolder() {}

  /**
   * Creates a group with limits, or none: a group that is left behind stays until the machine is
   * started again.
   *
   * @param limits what is written to files in it, by their names; in any order
   * @throws IOException if it cannot be created, or one of the limits cannot be written
   */
  static void create(Path folder, Map<String, String> limits) throws IOException {
    Files.createDirectory(folder);
    try {
      write(folder, limits);
    } catch (IOException e) {
      Files.delete(folder);
      throw e;
    }
  }

  /** Changes limits of a group. */
  static void write(Path folder, Map<String, String> limits) throws IOException {
    for (Map.Entry<String, String> limit : limits.entrySet()) {
      Files.writeString(folder.resolve(limit.getKey()), limit.getValue());
    }
  }
}
