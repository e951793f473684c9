package accounts.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

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
    String period = String.valueOf(PERIOD.toNanos() / 1000);
    String quota = String.valueOf(PERIOD.toNanos() / 1000 * millicores / 1000);
    try {
      CgroupFolder.create(
          folder,
          first
              ? Map.of("cpu.cfs_period_us", period, "cpu.cfs_quota_us", quota)
              : Map.of("cpu.max", quota + " " + period));
      return new ProcessorCgroup(folder);
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
