package accounts.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LivenessTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Liveness liveness = live(List.of(Runnable::run, waiting::add));

  private Liveness live(List<Executor> threads) {
    return new Liveness(threads, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void run() {
    waiting.removeIf(task -> {
      task.run();
      return true;
    });
  }

  @Test
  void isLive_taskNotRunFor30s_isNot() {
    assertThat(liveness.isLive()).isTrue();
    pass(Duration.ofSeconds(30));
    assertThat(liveness.isLive()).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(liveness.isLive()).isFalse();
  }

  @Test
  void isLive_threadRunsAgain_isAgain() {
    liveness.isLive();
    pass(Duration.ofMinutes(1));
    assertThat(liveness.isLive()).isFalse();

    run();

    assertThat(liveness.isLive()).isTrue();
  }

  @Test
  void isLive_notAskedForLong_is() {
    liveness.isLive();
    run();
    pass(Duration.ofHours(1));

    assertThat(liveness.isLive()).isTrue();
  }

  @Test
  void isLive_askedOften_givesAThreadOneTask() {
    for (int i = 0; i < 100; i++) {
      liveness.isLive();
    }

    assertThat(waiting).hasSize(1);
  }

  @Test
  void isLive_threadStopped_is() {
    Liveness stopping =
        live(
            List.of(task -> {
              throw new RejectedExecutionException();
            }));

    stopping.isLive();
    pass(Duration.ofMinutes(1));

    assertThat(stopping.isLive()).isTrue();
  }
}
