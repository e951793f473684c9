package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The memory of a pod: a control group of Linux, version 1 or 2, whose processes are killed when
 * they need more than its limit.
 */
public final class MemoryCgroup implements Cgroup {

  /** Where groups are, and the names of their files. */
  private record Version(Path parent, String limit, String events, String peak) {}

  private static final List<Version> VERSIONS =
      List.of(
          new Version(
              Path.of("/sys/fs/cgroup/memory"),
              "memory.limit_in_bytes",
              "memory.oom_control",
              "memory.max_usage_in_bytes"),
          new Version(Path.of("/sys/fs/cgroup"), "memory.max", "memory.events", "memory.peak"));

  private static final String KILLS = "oom_kill ";
  private static final long MEBIBYTE = 1024 * 1024;

  private final Version version;
  private final Path folder;

  private MemoryCgroup(Version version, Path folder) {
    this.version = version;
    this.folder = folder;
  }

  /**
   * Creates a group.
   *
   * @param mebibytes what its processes may use in all, page cache included
   * @throws IllegalStateException if the system has no such groups, or does not let this process
   *     create one
   */
  public static MemoryCgroup create(long mebibytes) {
    Version version =
        VERSIONS.stream()
            .filter(candidate -> Files.isDirectory(candidate.parent()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no control groups on this system"));
    Path folder = version.parent().resolve("accounts-bench-" + ProcessHandle.current().pid());
    try {
      CgroupFolder.create(folder, Map.of(version.limit(), String.valueOf(mebibytes * MEBIBYTE)));
      return new MemoryCgroup(version, folder);
    } catch (IOException e) {
      throw new IllegalStateException(
          folder + ": no control group with a limit of memory (expected: root, on Linux)", e);
    }
  }

  @Override
  public Path folder() {
    return folder;
  }

  /** Returns how many of its processes were killed for want of memory. */
  public long kills() {
    try (Stream<String> lines = Files.lines(folder.resolve(version.events()))) {
      return lines
          .filter(line -> line.startsWith(KILLS))
          .mapToLong(line -> Long.parseLong(line.substring(KILLS.length())))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the most that they have used in all, page cache included, in MiB. */
  public long peakMebibytes() {
    try {
      return Long.parseLong(Files.readString(folder.resolve(version.peak())).strip()) / MEBIBYTE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
