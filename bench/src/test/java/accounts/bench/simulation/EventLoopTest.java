package accounts.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EventLoopTest {

  private final EventLoop loop = new EventLoop();
  private final List<String> done = new ArrayList<>();

  private Runnable note(String what) {
    return () -> done.add(what + "@" + loop.nanoTime());
  }

  @Test
  void runUntil_severalEvents_runsThemInTheirOrderOfTime() {
    loop.in(20, note("late"));
    loop.in(10, note("early"));
    loop.in(40, note("too late"));
    loop.runUntil(30);

    assertThat(done).containsExactly("early@10", "late@20");
    assertThat(loop.nanoTime()).isEqualTo(30);
  }

  @Test
  void runUntil_sameMoment_runsFirstComeFirstServed() {
    for (int i = 0; i < 5; i++) {
      loop.in(10, note(String.valueOf(i)));
    }
    loop.runUntil(10);

    assertThat(done).containsExactly("0@10", "1@10", "2@10", "3@10", "4@10");
  }

  @Test
  void runUntil_eventsThatAddEvents_runsThoseThatAreDueToo() {
    loop.in(10, () -> loop.in(5, note("second")));
    loop.runUntil(15);

    assertThat(done).containsExactly("second@15");
  }

  @Test
  void answer_beforeItsTime_isNotDone() {
    CompletableFuture<Long> answer = loop.answer(10, loop::nanoTime);
    loop.runUntil(9);
    assertThat(answer).isNotDone();
    loop.runUntil(10);

    assertThat(answer).isCompletedWithValue(10L);
  }

  @Test
  void schedule_cancelled_doesNotRun() {
    ScheduledFuture<?> task = loop.schedule(note("cancelled"), 10, TimeUnit.NANOSECONDS);
    task.cancel(false);
    loop.runUntil(10);

    assertThat(done).isEmpty();
  }

  @Test
  void scheduleAtFixedRate_cancelledLater_runsUntilThen() {
    ScheduledFuture<?> task = loop.scheduleAtFixedRate(note("tick"), 5, 10, TimeUnit.NANOSECONDS);
    loop.runUntil(30);
    task.cancel(false);
    loop.runUntil(100);

    assertThat(done).containsExactly("tick@5", "tick@15", "tick@25");
  }

  @Test
  void advance_aSecond_movesBothClocks() {
    long millis = loop.millis();
    loop.advance(Duration.ofSeconds(1));

    assertThat(loop.nanoTime()).isEqualTo(1_000_000_000L);
    assertThat(loop.millis() - millis).isEqualTo(1_000);
  }

  @Test
  void schedule_afterShutdown_isRejected() {
    loop.shutdown();

    assertThatThrownBy(() -> loop.schedule(note("never"), 1, TimeUnit.NANOSECONDS))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
