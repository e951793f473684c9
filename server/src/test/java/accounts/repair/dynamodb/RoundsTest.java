package accounts.repair.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.ManualTimer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When rounds begin, by a timer of the test's. */
final class RoundsTest {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final ManualTimer timer = new ManualTimer();
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
  private int begun;
  private final Rounds rounds = new Rounds(timer, PAUSE, this::round);

  private CompletableFuture<Void> round() {
    begun++;
    return running;
  }

  private void begin() {
    rounds.start();
    timer.advance(Duration.ZERO);
  }

  @Test
  void start_roundsThatEnd_followWithPauses() {
    begin();
    timer.advance(PAUSE.multipliedBy(3));

    assertThat(begun).isEqualTo(4);
  }

  @Test
  void start_roundThatFailsOrThrows_isFollowed() {
    running = CompletableFuture.failedFuture(new IllegalStateException("failed"));
    begin();
    timer.advance(PAUSE);
    Rounds throwing =
        new Rounds(
            timer,
            PAUSE,
            () -> {
              begun++;
              throw new IllegalStateException("thrown");
            });
    throwing.start();
    begun = 0;
    timer.advance(PAUSE);

    assertThat(begun).isEqualTo(3);
  }

  @Test
  void soon_betweenRounds_beginsAtOnce() {
    begin();
    rounds.soon();
    timer.advance(Duration.ZERO);

    assertThat(begun).isEqualTo(2);
    assertThat(timer.waiting()).isEqualTo(1);
  }

  /** The timer's task waits to begin, and to cancel it succeeds all the same. */
  @Test
  void soon_inTheMomentWhenOneBegins_leavesOneLoop() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    ScheduledThreadPoolExecutor real =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              thread.complete(new Thread(task));
              return thread.join();
            });
    try {
      Rounds own = new Rounds(real, Duration.ofHours(1), this::round);
      synchronized (own) {
        own.start();
        while (thread.join().getState() != Thread.State.BLOCKED) {
          Thread.onSpinWait();
        }
        own.soon();
      }
      real.submit(() -> {}).get(10, TimeUnit.SECONDS); // what was due before has run

      assertThat(begun).isEqualTo(1);
      assertThat(real.getQueue()).hasSize(1);
    } finally {
      real.shutdownNow();
    }
  }

  @Test
  void soon_whileOneRuns_beginsAfterIt() {
    running = new CompletableFuture<>();
    begin();
    rounds.soon();
    timer.advance(PAUSE);
    assertThat(begun).isEqualTo(1);
    running.complete(null);
    timer.advance(Duration.ZERO);

    assertThat(begun).isEqualTo(2);
  }

  @Test
  void stop_whileOneRuns_completesAfterIt() {
    running = new CompletableFuture<>();
    begin();
    CompletableFuture<Void> stopped = rounds.stop();
    assertThat(stopped).isNotDone();
    running.complete(null);
    timer.advance(PAUSE);

    assertThat(stopped).isCompleted();
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void stop_betweenRounds_beginsNoOther() {
    begin();
    assertThat(rounds.stop()).isCompleted();
    timer.advance(PAUSE);

    assertThat(begun).isEqualTo(1);
  }
}
