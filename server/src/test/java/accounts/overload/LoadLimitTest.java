package accounts.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class LoadLimitTest {

  private static final int MANY = 2000;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private long now;
  private final LoadLimit limit = new LoadLimit(List.of((Executor) tasks::add), () -> now);

  @Test
  void current_threadThatIsLate_shrinksToTheLeast() {
    int before = limit.current();
    probe(Duration.ofMillis(30), MANY);
    int once = limit.current();
    for (int i = 0; i < 100; i++) {
      probe(Duration.ofMillis(30), MANY);
    }

    assertThat(once).isLessThan(before);
    assertThat(limit.current()).isEqualTo(1024);
  }

  @Test
  void current_threadInTimeAndLimitUsed_grows() {
    int before = limit.current();
    for (int i = 0; i < 100; i++) {
      probe(Duration.ofMillis(1), MANY);
    }

    assertThat(limit.current()).isEqualTo(before + 100);
  }

  @Test
  void current_limitNotUsed_staysAsItIs() {
    int before = limit.current();
    probe(Duration.ofMillis(1), 20);

    assertThat(limit.current()).isEqualTo(before);
  }

  @Test
  void probe_fewCalls_measuresNothing() {
    limit.probe(3);

    assertThat(tasks).isEmpty();
  }

  @Test
  void probe_threadThatDoesNotRun_waitsForTheFirst() {
    limit.probe(MANY);
    limit.probe(MANY);
    assertThat(tasks).hasSize(1);

    tasks.remove().run();
    limit.probe(MANY);

    assertThat(tasks).hasSize(1);
  }

  @Test
  void probe_threadThatHasStopped_isNoFailure() {
    LoadLimit stopped =
        new LoadLimit(
            List.of(task -> {
              throw new RejectedExecutionException("stopped");
            }),
            () -> now);
    int before = stopped.current();

    stopped.probe(MANY);

    assertThat(stopped.current()).isEqualTo(before);
  }

  private void probe(Duration lateness, int units) {
    limit.probe(units);
    now += lateness.toNanos();
    tasks.remove().run();
  }
}
