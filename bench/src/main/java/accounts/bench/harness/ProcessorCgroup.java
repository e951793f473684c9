package accounts.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The processor time of a pod: a control group whose processes wait when they have had theirs. */
public final class ProcessorCgroup implements Cgroup {

  private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpu");
  private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");

  /** As Kubernetes has it. */
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final Path folder;

  private ProcessorCgroup(Path folder) {
    this.folder = folder;
  }

  /**
   * Creates a group.
   *
   * @param millicores thousandths of a processor that its processes get in all
   * @throws IllegalStateException if the system has no such groups, or does not let this process
   *     create one
   */
  public static ProcessorCgroup create(int millicores) {
    boolean first = Files.isDirectory(VERSION_1);
    Path folder =
        (first ? VERSION_1 : VERSION_2)
            .resolve("accounts-bench-cpu-" + ProcessHandle.current().pid());
    try {
      Files.createDirectory(folder);
      ProcessorCgroup group = new ProcessorCgroup(folder);
      long period = PERIOD.toNanos() / 1000;
      long quota = period * millicores / 1000;
      if (first) {
        Files.writeString(folder.resolve("cpu.cfs_period_us"), String.valueOf(period));
        Files.writeString(folder.resolve("cpu.cfs_quota_us"), String.valueOf(quota));
      } else {
        Files.writeString(folder.resolve("cpu.max"), quota + " " + period);
      }
      return group;
    } catch (IOException e) {
      throw new IllegalStateException(
          folder + ": no control group with a share of a processor (expected: root, on Linux)", e);
    }
  }

  @Override
  public Path folder() {
    return folder;
  }
}
