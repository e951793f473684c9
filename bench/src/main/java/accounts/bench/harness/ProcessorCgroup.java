package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The processor time of a pod: a control group whose processes wait when they have had theirs. */
public final class ProcessorCgroup implements Cgroup {

  private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpu");
  private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");

  /** In which the processes of a pod get their share, on Kubernetes. */
  public static final Duration OF_A_POD = Duration.ofMillis(100);

  private final Path folder;
  private final Duration period;

  private ProcessorCgroup(Path folder, Duration period) {
    this.folder = folder;
    this.period = period;
  }

  /**
   * Creates a group.
   *
   * @param millicores thousandths of a processor that its processes get in all
   * @param period in which they get them; those that have had theirs wait for its end
   * @throws IllegalStateException if the system has no such groups, or does not let this process
   *     create one
   */
  public static ProcessorCgroup create(int millicores, Duration period) {
    Path folder =
        (isVersion1() ? VERSION_1 : VERSION_2)
            .resolve("accounts-bench-cpu-" + ProcessHandle.current().pid());
    try {
      CgroupFolder.create(folder, limits(millicores, period));
      return new ProcessorCgroup(folder, period);
    } catch (IOException e) {
      throw new IllegalStateException(
          folder + ": no control group with a share of a processor (expected: root, on Linux)", e);
    }
  }

  /** Gives the processes another share from now on. */
  public void change(int millicores) {
    try {
      CgroupFolder.write(folder, limits(millicores, period));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> limits(int millicores, Duration period) {
    String length = String.valueOf(period.toNanos() / 1000);
    String quota = String.valueOf(period.toNanos() / 1000 * millicores / 1000);
    return isVersion1()
        ? Map.of("cpu.cfs_period_us", length, "cpu.cfs_quota_us", quota)
        : Map.of("cpu.max", quota + " " + length);
  }

  private static boolean isVersion1() {
    return Files.isDirectory(VERSION_1);
  }

  @Override
  public Path folder() {
    return folder;
  }
}
