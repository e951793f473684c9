package accounts.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CallScopeTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final CallScope scope = CallScope.of(Duration.ofSeconds(10), nanos::get);

  @Test
  void remaining_timePasses_isWhatIsLeft() {
    pass(Duration.ofSeconds(4));

    assertThat(scope.remaining()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void remaining_deadlinePassed_isZeroAndOver() {
    pass(Duration.ofSeconds(11));

    assertThat(scope.remaining()).isZero();
    assertThat(scope.isOver()).isTrue();
  }

  @Test
  void isOver_timeLeft_isFalse() {
    assertThat(scope.isOver()).isFalse();
  }

  @Test
  void run_limitBelowWhatIsLeft_getsTheLimit() {
    assertThat(timeFor(Duration.ofSeconds(3))).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void run_limitAboveWhatIsLeft_getsWhatIsLeft() {
    pass(Duration.ofSeconds(9));

    assertThat(timeFor(Duration.ofSeconds(3))).containsExactly(Duration.ofSeconds(1));
  }

  // The AWS SDK refuses a timeout of zero as a fault of the program.
  @Test
  void run_timeRunsOutWhileItLooks_neverStartsACallWithoutTime() {
    for (int tick = 1; tick <= 12; tick++) {
      AtomicLong now = new AtomicLong();
      int step = tick;
      CallScope expiring = CallScope.of(Duration.ofNanos(12), () -> now.getAndAdd(step));
      List<Duration> times = new ArrayList<>();
      var unused =
          expiring.run(
              LONG,
              time -> {
                times.add(time);
                return CompletableFuture.completedFuture("done");
              });

      assertThat(times).allMatch(Duration::isPositive);
    }
  }

  @Test
  void run_deadlinePassed_startsNothing() {
    pass(Duration.ofSeconds(10));

    assertThat(timeFor(LONG)).isEmpty();
    assertThat(scope.run(LONG, time -> new CompletableFuture<>())).isCancelled();
  }

  @Test
  void run_callCompletes_hasItsResult() {
    assertThat(scope.run(LONG, time -> CompletableFuture.completedFuture("done")))
        .isCompletedWithValue("done");
  }

  @Test
  void run_callFails_failsAlike() {
    IllegalStateException failure = new IllegalStateException("broken");

    assertThatThrownBy(
            () -> scope.run(LONG, time -> CompletableFuture.failedFuture(failure)).join())
        .hasCause(failure);
  }

  @Test
  void run_callThrows_isAFailedFuture() {
    IllegalStateException failure = new IllegalStateException("broken");

    assertThatThrownBy(() ->
            scope
                .run(
                    LONG,
                    time -> {
                      throw failure;
                    })
                .join())
        .hasCause(failure);
  }

  @Test
  void run_timeRunsOut_timesOutAndCancelsTheCall() {
    CompletableFuture<String> call = new CompletableFuture<>();

    assertThat(scope.run(Duration.ofMillis(1), time -> call))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void run_timeRunsOutAndAnswerHasArrived_hasTheAnswer() {
    CompletableFuture<String> call = new CompletableFuture<>();
    Executor reads =
        task -> {
          call.complete("arrived");
          task.run();
        };

    assertThat(scope.run(Duration.ofMillis(1), reads, time -> call))
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo("arrived");
  }

  @Test
  void run_timeRunsOutAndNothingHasArrived_timesOut() {
    assertThat(scope.run(Duration.ofMillis(1), Runnable::run, time -> new CompletableFuture<>()))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TimeoutException.class);
  }

  // A thread that is blocked reads nothing, and never runs the task.
  @Test
  void run_nobodyReads_timesOutAllTheSame() {
    assertThat(scope.run(Duration.ofMillis(1), task -> {}, time -> new CompletableFuture<>()))
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void cancel_callRunning_cancelsItAndItsResult() {
    CompletableFuture<String> call = new CompletableFuture<>();
    CompletableFuture<String> result = scope.run(LONG, time -> call);
    scope.cancel();

    assertThat(result).isCancelled();
    assertThat(call).isCancelled();
  }

  @Test
  void cancel_severalRunning_cancelsAll() {
    CompletableFuture<String> one = scope.run(LONG, time -> new CompletableFuture<>());
    CompletableFuture<String> other = scope.run(LONG, time -> new CompletableFuture<>());
    scope.cancel();

    assertThat(List.of(one, other)).allMatch(CompletableFuture::isCancelled);
  }

  @Test
  void cancel_callDone_leavesItsResult() {
    CompletableFuture<String> result =
        scope.run(LONG, time -> CompletableFuture.completedFuture("done"));
    scope.cancel();

    assertThat(result).isCompletedWithValue("done");
  }

  @Test
  void cancel_before_startsNothing() {
    AtomicBoolean started = new AtomicBoolean();
    scope.cancel();
    CompletableFuture<String> result =
        scope.run(
            LONG,
            time -> {
              started.set(true);
              return new CompletableFuture<>();
            });

    assertThat(result).isCancelled();
    assertThat(started).isFalse();
    assertThat(scope.isOver()).isTrue();
  }

  @Test
  void cancel_whileTheCallStarts_cancelsIt() {
    CompletableFuture<String> call = new CompletableFuture<>();
    CompletableFuture<String> result =
        scope.run(
            LONG,
            time -> {
              scope.cancel();
              return call;
            });

    assertThat(result).isCancelled();
    assertThat(call).isCancelled();
  }

  private List<Duration> timeFor(Duration limit) {
    List<Duration> times = new ArrayList<>();
    var unused =
        scope.run(
            limit,
            time -> {
              times.add(time);
              return CompletableFuture.completedFuture("done");
            });
    return times;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void step_traced_endsWithTheWorkAndHasItsCallsBelow() {
    RecordingTrace trace = new RecordingTrace("call");
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<String> step =
        CallScope.of(LONG, trace).step("outer", own -> own.call("inner", inner -> work));

    assertThat(trace.lines()).containsExactly("outer {} open", "  call inner {} open");
    work.complete("done");

    assertThat(step).isCompletedWithValue("done");
    assertThat(trace.lines()).containsExactly("outer {} ended", "  call inner {} ended");
  }

  @Test
  void step_workThrows_hasFailed() {
    RecordingTrace trace = new RecordingTrace("call");
    CompletableFuture<String> step =
        CallScope.of(LONG, trace)
            .step(
                "outer",
                own -> {
                  throw new IllegalStateException();
                });

    assertThat(step).isCompletedExceptionally();
    assertThat(trace.lines()).containsExactly("outer {} failed");
  }

  @Test
  void cancel_callOfAStep_isCancelledToo() {
    CallScope whole = CallScope.of(LONG, new RecordingTrace("call"));
    CompletableFuture<String> outbound = new CompletableFuture<>();
    CompletableFuture<String> step = whole.step("outer", own -> own.run(LONG, time -> outbound));
    whole.cancel();

    assertThat(outbound).isCancelled();
    assertThat(step).isCompletedExceptionally();
  }

  @Test
  void step_notTraced_isTheWorkItself() {
    CompletableFuture<String> work = new CompletableFuture<>();

    assertThat(
            scope.step(
                "outer",
                own -> own == scope ? work : CompletableFuture.failedFuture(new AssertionError())))
        .isSameAs(work);
  }
}
