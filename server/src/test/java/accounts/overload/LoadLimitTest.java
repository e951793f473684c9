package accounts.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LoadLimitTest {

  private static final int MANY = 4000;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private long now;
  private final LoadLimit limit = new LoadLimit(List.of(tasks::add, tasks::add), () -> now);

  @Test
  void of_threadThatIsMuchLate_allShrinkToTheLeast() {
    int before = limit.of(Priority.CHANGE);
    probe(Duration.ofMillis(400), MANY);
    int once = limit.of(Priority.CHANGE);
    overload();

    assertThat(once).isLessThan(before);
    assertThat(limit.of(Priority.CHANGE)).isEqualTo(4096);
    assertThat(limit.of(Priority.READ)).isEqualTo(3686);
    assertThat(limit.of(Priority.BATCH)).isEqualTo(264);
  }

  @Test
  void of_threadThatIsLate_onlyBatchesShrink() {
    int before = limit.of(Priority.READ);
    for (int i = 0; i < 100; i++) {
      probe(Duration.ofMillis(30), MANY);
    }

    assertThat(limit.of(Priority.BATCH)).isEqualTo(264);
    assertThat(limit.of(Priority.READ)).isGreaterThanOrEqualTo(before);
  }

  @Test
  void of_threadInTime_grows() {
    int before = limit.of(Priority.CHANGE);
    for (int i = 0; i < 100; i++) {
      probe(Duration.ofMillis(1), MANY);
    }

    assertThat(limit.of(Priority.CHANGE)).isEqualTo(before + 200);
  }

  @ParameterizedTest
  @EnumSource
  void of_threadInTimeAfterAnOverload_growsBackThoughLittleIsUsed(Priority priority) {
    int before = limit.of(priority);
    overload();
    assertThat(limit.of(priority)).isLessThan(before);
    for (int i = 0; i < 1100; i++) {
      probe(Duration.ofMillis(1), 20);
    }

    assertThat(limit.of(priority)).isGreaterThanOrEqualTo(before);
  }

  /** What one instance of many has to do after an overload is mostly so little. */
  @ParameterizedTest
  @EnumSource
  void probe_fewCalls_measuresNothingAndGrowsBack(Priority priority) {
    int before = limit.of(priority);
    overload();
    assertThat(limit.of(priority)).isLessThan(before);
    for (int i = 0; i < 2200; i++) {
      limit.probe(3);
    }

    assertThat(tasks).isEmpty();
    assertThat(limit.of(priority)).isGreaterThanOrEqualTo(before);
  }

  @Test
  void probe_threadThatDoesNotRun_waitsForTheFirst() {
    limit.probe(MANY);
    limit.probe(MANY);
    assertThat(tasks).hasSize(2);

    tasks.remove().run();
    limit.probe(MANY);

    assertThat(tasks).hasSize(2);
  }

  @Test
  void probe_threadThatHasStopped_isNoFailure() {
    LoadLimit stopped =
        new LoadLimit(
            List.of(task -> {
              throw new RejectedExecutionException("stopped");
            }),
            () -> now);
    int before = stopped.of(Priority.CHANGE);

    stopped.probe(MANY);

    assertThat(stopped.of(Priority.CHANGE)).isEqualTo(before);
  }

  private void overload() {
    for (int i = 0; i < 100; i++) {
      probe(Duration.ofMillis(400), MANY);
    }
  }

  private void probe(Duration lateness, int units) {
    limit.probe(units);
    now += lateness.toNanos();
    tasks.remove().run();
    tasks.remove().run();
  }
}
